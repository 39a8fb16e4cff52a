// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Entry } from '@shared/domain/report.ts'
import { Timeline } from '../../../renderer/features/report/timeline.tsx'
import { PEOPLE, uuid } from '../../fakes/fake-bridge/office.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

const [CLERK, , SUPERVISOR] = PEOPLE

const entry = (n: number, action: string, actor?: { id: string; name: string }): Entry => ({
  id: uuid(n),
  reportId: uuid(1000),
  kind: 'system',
  action,
  actorId: actor?.id ?? null,
  actorName: actor?.name ?? null,
  text: '',
  data: {},
  at: NOW - n * 60_000,
})

// Verifies AUDIT-01 as a reader sees it: who did it.
test('"Sistem" stands only on what nobody did; an officer’s act says whose it was', async () => {
  const entries = [
    entry(1, 'approve', SUPERVISOR),
    entry(2, 'verify', CLERK),
    entry(3, 'received'),
    entry(4, 'submit_reply', { id: uuid(9999), name: 'Orang Lama' }),
  ]
  renderOver(<Timeline entries={entries} />)
  await screen.findByText('Atasan')
  const lines = within(screen.getByRole('list')).getAllByRole('listitem')
  const chips = lines.map((line) => line.querySelector('.entry-kind')!.textContent)
  expect(chips).toEqual(['Atasan', 'Petugas', 'Sistem', 'Petugas'])
  expect(lines[1]!.textContent).toContain(`${CLERK!.name}: `)
  expect(lines[3]!.textContent).toContain('Orang Lama: ')
})

test('everything that the hub writes into a timeline has words', async () => {
  const written =
    'received verify classify prioritise set_flags clear_flags ask_citizen resume dispose assign note propose_referral ' +
    'propose_archive approve_proposal reject_proposal schedule group group_member ungroup route moved_in reopen close ' +
    'submit_reply approve_reply return_reply withdraw_reply published citizen_message media_url letter_issued ' +
    'letter_voided issue_letter void_letter'
  renderOver(<Timeline entries={written.split(' ').map((action, n) => entry(n, action))} />)
  await screen.findByText('Laporan diterima')
  expect(screen.queryAllByText(/Peristiwa/)).toEqual([])
})
