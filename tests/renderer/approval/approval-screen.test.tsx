// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import ApprovalScreen from '../../../renderer/features/approval/screen.tsx'
import { go } from '../../../renderer/navigation.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { fullOffice } from '../../fakes/fake-bridge/full-office.ts'
import { uuid } from '../../fakes/fake-bridge/office.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

const SECOND_TRY = uuid(5501)
const WITH_PHONE = uuid(5502)
const OWN = uuid(5503)

async function approving(reply: string) {
  const bridge = new FakeBridge({ count: 12, person: 2, now: NOW }, fullOffice)
  go('approval', { reply })
  const over = renderOver(<ApprovalScreen />, bridge)
  await screen.findByRole('article')
  const sent = (method: string) =>
    bridge.calls.filter((call) => call.method === method).map((call) => call.input)
  return { ...over, sent }
}

// Verifies APPR-02
test('S asks what will be published to whom, and approves exactly the hash on screen', async () => {
  const { user, sent, bridge } = await approving(WITH_PHONE)
  const hash = bridge.world.reports[1]!.replies[0]!.hash
  await user.keyboard('s')
  const dialog = await screen.findByRole('alertdialog')
  expect(within(dialog).getByText(/semua orang\. Identitas pelapor tetap disembunyikan/)).toBeTruthy()
  expect(within(dialog).getByText('0812 4800 1234')).toBeTruthy()
  expect(sent('replies.approve')).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Setujui dan terbitkan' }))
  await waitFor(() => expect(sent('replies.approve')).toEqual([{ replyId: WITH_PHONE, hash }]))
})

test('K returns only with a reason', async () => {
  const { user, sent } = await approving(SECOND_TRY)
  await user.keyboard('k')
  const reason = await screen.findByRole('textbox', { name: /Alasan pengembalian/ })
  await user.keyboard('{Control>}{Enter}{/Control}')
  expect(await screen.findByText('Tulis alasannya dahulu.')).toBeTruthy()
  expect(sent('replies.return')).toEqual([])
  await user.type(reason, 'Sebutkan tanggalnya.')
  await user.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(sent('replies.return')).toHaveLength(1))
  expect(sent('replies.return')[0]).toMatchObject({ replyId: SECOND_TRY, reason: 'Sebutkan tanggalnya.' })
})

// Verifies APPR-02
test('an author’s own answer says why it cannot be decided, and the keys do nothing', async () => {
  const { user, sent } = await approving(OWN)
  expect(screen.getByText(/Empat mata: penulis tidak menyetujui/)).toBeTruthy()
  await user.keyboard('sk')
  expect(screen.queryByRole('alertdialog')).toBeNull()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(sent('replies.approve')).toEqual([])
})

test('what changed since the return is marked word by word under the reason', async () => {
  const { container } = await approving(SECOND_TRY)
  expect(screen.getByText(/Dikembalikan dengan alasan: Sebutkan apa yang ditemukan/)).toBeTruthy()
  expect([...container.querySelectorAll('del')].map((el) => el.textContent)).toEqual([
    'akan segera dilaksanakan',
  ])
  expect([...container.querySelectorAll('ins')].map((el) => el.textContent)).toContain(
    'masuk rencana 2027 dan jadwalnya kami umumkan setelah anggaran ditetapkan',
  )
})

test('content that changed meanwhile is refused in words and stays undecided', async () => {
  const { user, bridge } = await approving(SECOND_TRY)
  bridge.fail('replies.approve', 'stale_content')
  await user.keyboard('s')
  await user.click(
    within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Setujui dan terbitkan' }),
  )
  expect(await screen.findByText(/Isi jawaban berubah setelah Anda membukanya/)).toBeTruthy()
})

test('a stack gives each answer its own result and ends with a list', async () => {
  const { user, sent } = await approving(SECOND_TRY)
  await user.click(screen.getByRole('checkbox', { name: 'Pilih semua' }))
  await user.click(screen.getByRole('button', { name: 'Putuskan satu per satu' }))
  await screen.findByText('Jawaban 1 dari 2')
  await user.keyboard('s')
  await user.click(
    within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Setujui dan terbitkan' }),
  )
  await screen.findByText('Jawaban 2 dari 2')
  await user.click(screen.getByRole('button', { name: 'Lewati' }))
  expect(await screen.findByText('1 disetujui, 0 dikembalikan, 1 dilewati, 0 gagal')).toBeTruthy()
  expect(sent('replies.approve')).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Urungkan' }))
  expect(await screen.findByText('Diurungkan')).toBeTruthy()
})
