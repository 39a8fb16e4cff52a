// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Recovery } from '../../../shared/ipc/views.ts'
import { RecoveryBanner } from '../../../renderer/frame/recovery-banner.tsx'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

const whole: Recovery = {
  at: NOW,
  rung: 'copy',
  copyDay: '2026-02-01',
  acts: 2,
  drafts: 1,
  letters: 0,
  redone: 5,
  lost: 0,
  journal: true,
  missingFiles: 0,
  salvaged: true,
  auditIntact: true,
  reports: ['PUPR-00001', 'PUPR-00002'],
  folder: 'rusak-2026-02-02T001500',
}
const shown = (change: Partial<Recovery> = {}) =>
  renderOver(<RecoveryBanner recovery={{ ...whole, ...change }} />, new FakeBridge({ count: 0, now: NOW }))

test('a recovery says where the data came from, what is here, and that nothing is missing', async () => {
  const { user, bridge } = shown()
  const words = (await screen.findByRole('alert')).textContent
  for (const part of [
    'salinan Min, 1 Feb 2026',
    '2 pekerjaan yang menunggu hub, 1 draf',
    '5 catatan dipulihkan dari jurnal',
    'PUPR-00001, PUPR-00002',
    'Semua yang pernah tersimpan ada.',
    'rusak-2026-02-02T001500',
  ])
    expect(words).toContain(part)
  await user.click(screen.getByRole('button', { name: 'Sudah dibaca' }))
  await waitFor(() => expect(bridge.calls.map((call) => call.method)).toContain('setup.recoverySeen'))
})

test('what is not here is said, never that all is well', async () => {
  shown({ lost: 3, journal: false, auditIntact: false })
  const words = (await screen.findByRole('alert')).textContent
  expect(words).toContain('3 catatan jurnal tidak terbaca')
  expect(words).not.toContain('dan jurnal pekerjaan')
  expect(words).toContain('pekerjaan sesudah salinan Min, 1 Feb 2026 mungkin hilang')
  expect(words).toContain('Catatan jejak tidak lengkap')
  expect(words).not.toContain('Semua yang pernah tersimpan ada')
})

test('finished work after a power cut is one short line of good news', async () => {
  shown({ rung: 'wal', copyDay: null, folder: null, reports: [] })
  const words = (await screen.findByRole('alert')).textContent
  expect(words).toContain('Pekerjaan terakhir sudah dipulihkan')
  expect(words).not.toContain('sambungan')
})

test.each<[Partial<Recovery>, string]>([
  [{ lost: 1 }, '1 catatan jurnal tidak terbaca'],
  [{ journal: false }, 'pekerjaan sesudah salinan Min, 1 Feb 2026 mungkin hilang'],
  [{ rung: 'hub', copyDay: null, journal: false }, 'pekerjaan yang belum terkirim mungkin hilang'],
  [{ missingFiles: 2 }, '2 lampiran tidak terbaca lagi'],
  [{ rung: 'hub', copyDay: null, salvaged: false }, 'Hanya jurnal yang terbaca'],
  [{ auditIntact: false }, 'Catatan jejak tidak lengkap'],
])('each thing that was not kept is said by itself: %o', async (change, words) => {
  shown(change)
  const banner = await screen.findByRole('alert')
  expect(banner.textContent).toContain(words)
  expect(banner.textContent).not.toContain('Semua yang pernah tersimpan ada')
})

test.each<[Partial<Recovery>, string[]]>([
  [{ rung: 'wal', copyDay: null, folder: null }, ['Komputer mati sebelum Meja Lapor ditutup']],
  [
    { rung: 'copy', letters: 3 },
    ['memakai salinan Min, 1 Feb 2026 dan jurnal', '3 surat', 'Tanda sudah dibaca'],
  ],
  [
    { rung: 'hub', copyDay: null },
    ['membuat yang baru dan mengunduh laporan lagi dari hub', 'Tanda sudah dibaca'],
  ],
])('each rung says where the data came from, and what is here: %o', async (change, words) => {
  shown(change)
  const banner = await screen.findByRole('alert')
  for (const part of [...words, '2 pekerjaan', '1 draf', 'Semua yang pernah tersimpan ada'])
    expect(banner.textContent).toContain(part)
})
