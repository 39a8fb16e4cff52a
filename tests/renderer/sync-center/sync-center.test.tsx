// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import SyncCenterScreen from '../../../renderer/features/sync-center/screen.tsx'
import { go } from '../../../renderer/navigation.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { fullOffice } from '../../fakes/fake-bridge/full-office.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

async function ledger(change: (bridge: FakeBridge) => void = () => undefined, count = 12) {
  const bridge = new FakeBridge({ count, now: NOW }, fullOffice)
  change(bridge)
  go('sync-center', {})
  const over = renderOver(<SyncCenterScreen />, bridge)
  await screen.findByRole('heading', { level: 1 })
  const sent = (method: string) =>
    bridge.calls.filter((call) => call.method === method).map((call) => call.input)
  return { ...over, sent }
}

// Verifies SYNC-07
test('a conflict shows both versions in words and waits for a person', async () => {
  const { user, sent } = await ledger()
  const table = await screen.findByRole('table', { name: 'Bagian yang berbeda' })
  const row = within(table).getByRole('row', { name: /Penanggung jawab/ })
  expect(await within(row).findByText('Yuliana Wenda, S.Sos.')).toBeTruthy()
  expect(within(row).getByText('Markus Tabuni')).toBeTruthy()
  await user.click(within(table).getByRole('button', { name: 'Pakai punya saya' }))
  await waitFor(() => expect(sent('sync.resolve')).toMatchObject([{ choice: 'mine' }]))
})

// Verifies SYNC-01
test('nothing is thrown away without a person saying so twice', async () => {
  const { user, sent } = await ledger()
  const refused = (await screen.findByText('Ditolak hub')).closest('li')!
  expect(within(refused).getByText(/berubah setelah dibaca/)).toBeTruthy()
  await user.click(within(refused).getByRole('button', { name: 'Buang' }))
  const dialog = await screen.findByRole('alertdialog')
  expect(sent('sync.discard')).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Buang' }))
  await waitFor(() => expect(sent('sync.discard')).toHaveLength(1))
})

// Verifies SYNC-05
test('“tersinkron” comes with its time and the count that the hub proved, or not at all', async () => {
  await ledger((bridge) => {
    bridge.world.sync = { ...bridge.world.sync, hubReportCount: 12, mirroredReportCount: 12 }
  }, 0)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(
    /^Tersinkron Sel, 24 Nov 2026 · 09\.49 WIT$/,
  )
  expect(screen.getByText(/Hub menyebut 12 laporan; 12 ada di komputer ini/)).toBeTruthy()
})

// Verifies SYNC-05
test('while something waits or stands in the way, the proof is only called the last one', async () => {
  await ledger((bridge) => {
    bridge.world.sync = { ...bridge.world.sync, phase: 'offline', problem: 'login_page' }
  })
  expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/^Terakhir tersinkron Sel/)
})

// Verifies SYNC-05
test('an act without a receipt was tried, not sent; an answer waits since it was submitted', async () => {
  await ledger()
  const tried = (await screen.findByText('Terbitkan surat')).closest('li')!
  expect(
    within(tried).getByText(/^Terakhir dicoba .*, belum diterima · lewat internet · 4 kali/),
  ).toBeTruthy()
  expect(within(tried).queryByText(/^Dikirim Sel/)).toBeNull()
  const waiting = screen.getByRole('region', { name: /Menunggu persetujuan/ })
  expect(within(waiting).getAllByText(/^Dikirim untuk persetujuan \S+ \d+ Nov 2026/)[0]).toBeTruthy()
})

// Verifies SYNC-05
test('before the first exchange nothing claims to be in sync', async () => {
  await ledger((bridge) => {
    bridge.world.sync = {
      ...bridge.world.sync,
      lastSyncedAt: null,
      hubReportCount: null,
      phase: 'offline',
      problem: 'hub_unreachable',
    }
  })
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Belum pernah tersinkron')
  expect(screen.getByText('Hub tidak terjangkau.')).toBeTruthy()
})

// Verifies SYNC-06
test('a draft whose report moved away can still be read', async () => {
  await ledger()
  expect(await screen.findByText(/Lampu jalan di Cenderawasih menjadi urusan/)).toBeTruthy()
})

test('pictures that cost much wait for a person, who sees how much', async () => {
  const { user, sent } = await ledger((bridge) => {
    bridge.world.sync.bytes = {
      ...bridge.world.sync.bytes,
      filesWaiting: 34,
      filesBytes: 120_000_000,
      paused: 'ask',
    }
  })
  expect(await screen.findByText('34 foto atau berkas (120,0 MB) menunggu diunduh.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Unduh sekarang (120,0 MB)' }))
  await waitFor(() => expect(sent('sync.fetchFiles')).toHaveLength(1))
  await waitFor(() => expect(screen.queryByText(/menunggu diunduh/)).toBeNull())
})

test('the link tab names the outages, their total per day, and prints the statement', async () => {
  const { user, sent } = await ledger()
  await user.click(await screen.findByRole('tab', { name: 'Catatan sambungan' }))
  const table = await screen.findByRole('table', { name: 'Gangguan sambungan' })
  expect(
    within(table).getByRole('row', { name: /3 j 30 mnt.*43.*Hub tidak terjangkau; Halaman masuk/ }),
  ).toBeTruthy()
  expect(screen.getByRole('table', { name: 'Jumlah per hari' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Simpan keterangan (PDF)' }))
  await waitFor(() => expect(sent('sync.statement')).toEqual([{ days: 31 }]))
})

test('an unknown certificate is named by its issuer, with what to do about it', async () => {
  await ledger((bridge) => {
    Object.assign(bridge.world.sync, { phase: 'offline', problem: 'tls_untrusted', problemDetail: 'Kotak X' })
  })
  expect(await screen.findByText(/diterbitkan oleh “Kotak X”\. Bila ini milik kantor/)).toBeTruthy()
})
