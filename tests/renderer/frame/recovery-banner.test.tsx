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
