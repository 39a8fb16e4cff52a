// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useHotkeys } from '../../../renderer/components/hotkeys.ts'
import DispositionForm from '../../../renderer/features/disposition/form.tsx'
import ReportPane from '../../../renderer/features/report/pane.tsx'
import { locationNow } from '../../../renderer/navigation.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { uuid } from '../../fakes/fake-bridge/office.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

const RECEIVED = 0
const VERIFIED = 1
const SECRET = 3
const REFERRAL = 8
const SUPERVISOR = 2

async function report(story: number, person = 0) {
  const bridge = new FakeBridge({ count: 12, person, now: NOW })
  const over = renderOver(
    <ReportPane reportId={uuid(1000 + story)} onBack={() => undefined} dispositionForm={DispositionForm} />,
    bridge,
  )
  await screen.findByRole('article')
  const sent = (method: string) =>
    bridge.calls.filter((call) => call.method === method).map((call) => call.input)
  return { ...over, sent }
}

test('verify takes V, a class letter and Enter', async () => {
  const { user, sent } = await report(RECEIVED)
  await user.keyboard('v')
  await screen.findByRole('form', { name: 'Verifikasi' })
  await user.keyboard('k{Enter}')
  await waitFor(() => expect(sent('reports.triage')).toHaveLength(1))
  expect(sent('reports.triage')[0]).toMatchObject({
    action: 'verify',
    payload: { class: 'keluhan', oversight: false, priority: 'high' },
  })
})

test('verify without a class asks for it and sends nothing', async () => {
  const { user, sent } = await report(RECEIVED)
  await user.keyboard('v')
  const form = await screen.findByRole('form', { name: 'Verifikasi' })
  await user.click(within(form).getByRole('button', { name: /Verifikasi/ }))
  expect(within(form).getByText('Pilih kelas laporan.')).toBeTruthy()
  expect(sent('reports.triage')).toEqual([])
})

test.each([
  [
    't',
    RECEIVED,
    0,
    'Tunda, tanya warga',
    ['Tulis pertanyaan untuk warga.', 'Tulis alasannya. Alasan tercatat di riwayat.'],
  ],
  [
    'w',
    RECEIVED,
    0,
    'Bukan wewenang',
    ['Pilih instansi, atau nyatakan tidak ada.', 'Tulis alasannya. Alasan tercatat di riwayat.'],
  ],
  ['e', RECEIVED, 0, 'Usul arsip', ['Tulis alasannya. Alasan tercatat di riwayat.']],
  ['n', RECEIVED, 0, 'Catatan internal', ['Tulis catatannya.']],
  ['g', RECEIVED, 0, 'Gabung sebagai duplikat', ['Tulis nomor laporan utama.']],
  [
    's',
    VERIFIED,
    SUPERVISOR,
    'Jadwalkan',
    ['Pilih tanggal peninjauan.', 'Tulis alasannya. Alasan tercatat di riwayat.'],
  ],
  ['u', REFERRAL, SUPERVISOR, 'Tolak usul', ['Tulis alasannya. Alasan tercatat di riwayat.']],
])('%s asks in place and refuses without its reason', async (key, story, person, name, missing) => {
  const { user, sent } = await report(story, person)
  await user.keyboard(key)
  const form = await screen.findByRole('form', { name })
  await user.click(
    within(form)
      .getAllByRole('button', { name: new RegExp(name) })
      .at(-1)!,
  )
  for (const words of missing) expect(within(form).getByText(words)).toBeTruthy()
  expect(sent('reports.triage')).toEqual([])
  // The focus is where the first answer is missing.
  await waitFor(() => expect(document.activeElement?.closest('[data-invalid]')).toBeTruthy())
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('form')).toBeNull())
})

test('a done act is marked as queued and listed until the hub confirms it', async () => {
  const { user } = await report(RECEIVED)
  await user.keyboard('n')
  await user.keyboard('Sudah ditelepon{Control>}{Enter}{/Control}')
  const queue = await screen.findByRole('region', { name: 'Belum dikirim ke hub' })
  expect(queue.textContent).toContain('Menulis catatan')
})

test('a refused act keeps the form and says why', async () => {
  const { user, bridge } = await report(RECEIVED)
  bridge.fail('reports.triage', 'wrong_state')
  await user.keyboard('n')
  await user.keyboard('x{Control>}{Enter}{/Control}')
  expect((await screen.findByRole('alert')).textContent).toContain('Laporan sudah berpindah keadaan.')
  expect(screen.getByRole('form')).toBeTruthy()
})

test('what is not offered stays in sight with its reason', async () => {
  const { user } = await report(REFERRAL)
  const approve = screen.getByRole('button', { name: /Setujui usul/ })
  expect(approve.getAttribute('aria-disabled')).toBe('true')
  await user.click(screen.getByRole('button', { name: 'Tindakan lain' }))
  const menu = await screen.findByRole('menu')
  expect(within(menu).getAllByText('Tidak tersedia pada keadaan sekarang').length).toBeGreaterThan(0)
})

/** The list beside the report: its Escape closes the report. */
function Beside({ onBack }: { onBack: () => void }) {
  useHotkeys({ Escape: onBack })
  return <ReportPane reportId={uuid(1000 + VERIFIED)} onBack={onBack} dispositionForm={DispositionForm} />
}

test('Escape closes what was asked last: the "disposisi dibuat" offer first, only then the report', async () => {
  let back = 0
  const { user } = renderOver(<Beside onBack={() => back++} />, new FakeBridge({ count: 12, now: NOW }))
  await screen.findByRole('article')
  await user.keyboard('d')
  const form = await screen.findByRole('form', { name: 'Disposisi' })
  await user.click(within(form).getAllByRole('checkbox')[0]!)
  await user.type(within(form).getByRole('textbox', { name: /Catatan/ }), 'Periksa.')
  await user.click(within(form).getByRole('button', { name: /Buat disposisi/ }))
  await screen.findByText('Disposisi dibuat dan antre kirim')
  await user.keyboard('{Escape}')
  expect(screen.queryByText('Disposisi dibuat dan antre kirim')).toBeNull()
  expect(back).toBe(0)
  await user.keyboard('{Escape}')
  expect(back).toBe(1)
})

test('a disposition needs someone and something, then offers its sheet', async () => {
  const { user, sent } = await report(VERIFIED)
  await user.keyboard('d')
  const form = await screen.findByRole('form', { name: 'Disposisi' })
  const submit = within(form).getByRole('button', { name: /Buat disposisi/ })
  await user.click(submit)
  expect(within(form).getByText('Pilih sedikitnya satu orang atau unit.')).toBeTruthy()
  expect(within(form).getByText('Pilih isi disposisi atau tulis catatan.')).toBeTruthy()
  await waitFor(() => expect(document.activeElement?.closest('[data-invalid]')).toBeTruthy())
  await user.click(await within(form).findByRole('checkbox', { name: 'Bidang Bina Marga' }))
  await user.click(within(form).getByRole('checkbox', { name: 'Periksa lapangan dan laporkan' }))
  await user.click(submit)
  await waitFor(() => expect(sent('reports.dispose')).toHaveLength(1))
  const [print] = await screen.findAllByRole('button', { name: 'Cetak lembar disposisi' })
  await user.click(print!)
  expect(locationNow()).toMatchObject({
    place: 'letters',
    params: { kind: 'disposition', report: uuid(1000 + VERIFIED) },
  })
})

test('an anonymous reporter has no name on the page, and only a reason opens it', async () => {
  // Verifies PRIV-01, PRIV-02
  const { user, sent } = await report(SECRET, SUPERVISOR)
  expect(screen.getByRole('article').textContent).not.toContain('Nama Tersegel')
  await user.click(await screen.findByRole('button', { name: 'Buka identitas' }))
  const dialog = await screen.findByRole('alertdialog')
  await user.click(within(dialog).getByRole('button', { name: 'Buka dan catat' }))
  expect(sent('reports.revealIdentity')).toEqual([])
  await user.type(within(dialog).getByRole('textbox'), 'Perlu dihubungi untuk verifikasi lokasi')
  await user.click(within(dialog).getByRole('button', { name: 'Buka dan catat' }))
  expect(await within(dialog).findByText('Nama Tersegel')).toBeTruthy()
})

test('a clerk is not offered a sealed identity', async () => {
  await report(SECRET, 0)
  expect(screen.queryByRole('button', { name: 'Buka identitas' })).toBeNull()
})

test('a report that left the agency says so', async () => {
  renderOver(<ReportPane reportId={uuid(1)} onBack={() => undefined} dispositionForm={DispositionForm} />)
  expect(await screen.findByText('Laporan ini tidak lagi di komputer ini')).toBeTruthy()
})
