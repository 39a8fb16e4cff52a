import { expect, test } from 'vitest'
import type { Parsed } from '@shared/ipc/contract.ts'
import { ReportDetail } from '@shared/ipc/views.ts'
import { disposeReport } from '../../../electron/core/commands/dispose-report.ts'
import { triageReport } from '../../../electron/core/commands/triage-report.ts'
import { undo } from '../../../electron/core/outbox/decide.ts'
import { listProposals } from '../../../electron/core/queries/proposals.ts'
import { reportDetail } from '../../../electron/core/queries/report-detail.ts'
import { makeDesk } from '../make-desk.ts'
import { changeOf, idOf, people, reportChanges } from '../sample.ts'

type Triage = Parsed<'reports.triage'>
const verify: Triage = {
  reportId: idOf(1),
  action: 'verify',
  payload: { class: 'keluhan', oversight: false, priority: 'high' },
}
const rows = (t: ReturnType<typeof makeDesk>) =>
  t.db.get<{ n: number }>(`SELECT count(*) AS n FROM outbox WHERE state <> 'discarded'`)!.n
const code = (name: string) => expect.objectContaining({ code: name })
const act = (t: ReturnType<typeof makeDesk>, input: Triage, who = t.desk) => triageReport(who, input)
const disposition = {
  toIds: [people.clerk2.id],
  units: ['Bina Marga'],
  instructions: ['Tindak lanjuti'],
  note: 'Segera',
  dueOn: null,
  urgency: 'segera' as const,
}

test('an act of triage shows at once and can be taken back for ten seconds', () => {
  const t = makeDesk({ changes: reportChanges(1) })
  const queued = act(t, verify)
  expect(queued.undoUntil).toBe(t.host.now() + 10_000)
  expect(reportDetail(t.desk, idOf(1))).toMatchObject({ state: { state: 'verified', class: 'keluhan' } })
  undo(t.desk, queued.mutationId)
  expect(reportDetail(t.desk, idOf(1))).toMatchObject({
    state: { state: 'received', class: null },
    outbox: [],
  })
})

test('a double click queues one act', () => {
  // Verifies SYNC-02
  const t = makeDesk({ changes: reportChanges(1) })
  expect(act(t, verify)).toEqual(act(t, verify))
  const first = disposeReport(t.desk, { reportId: idOf(1), payload: disposition })
  expect(disposeReport(t.desk, { reportId: idOf(1), payload: disposition })).toMatchObject(first)
  expect(rows(t)).toBe(2)
  // Changing one's mind and back again is no double click.
  const prioritise = (priority: 'low' | 'high') =>
    act(t, { reportId: idOf(1), action: 'prioritise', payload: { priority } })
  prioritise('low')
  prioritise('high')
  prioritise('low')
  expect(rows(t)).toBe(5)
})

test.each<[string, Triage, string, keyof typeof people]>([
  ['a wrong state', { reportId: idOf(1), action: 'resume', payload: { note: '' } }, 'wrong_state', 'clerk'],
  [
    'a wrong role',
    { reportId: idOf(1), action: 'clear_flags', payload: { anonymous: false, reason: 'x' } },
    'not_allowed',
    'clerk',
  ],
  [
    'no reason',
    { reportId: idOf(1), action: 'propose_archive', payload: { reason: '  ' } },
    'reason_required',
    'clerk',
  ],
  ['no flag', { reportId: idOf(1), action: 'set_flags', payload: {} }, 'bad_input', 'clerk'],
  [
    'an unknown agency',
    { reportId: idOf(1), action: 'propose_referral', payload: { agencyId: 'XX', reason: 'x' } },
    'bad_input',
    'clerk',
  ],
  [
    'our own agency',
    { reportId: idOf(1), action: 'propose_referral', payload: { agencyId: 'PUPR', reason: 'x' } },
    'bad_input',
    'clerk',
  ],
  [
    'a stranger',
    { reportId: idOf(1), action: 'assign', payload: { assigneeId: idOf(0xbad) } },
    'bad_input',
    'clerk',
  ],
  [
    'itself as lead',
    { reportId: idOf(1), action: 'group', payload: { leadId: idOf(1) } },
    'bad_input',
    'clerk',
  ],
  ['an empty note', { reportId: idOf(1), action: 'note', payload: { text: ' ' } }, 'bad_input', 'clerk'],
  ['a report that is not here', { ...verify, reportId: idOf(9) }, 'not_found', 'clerk'],
])('%s is refused and nothing is queued', (_, input, refusal, who) => {
  const t = makeDesk({ changes: reportChanges(1) })
  expect(() => act(t, input, t.as(people[who]))).toThrow(code(refusal))
  expect(rows(t)).toBe(0)
})

test('a proposal waits for a supervisor, who sees reason and target', () => {
  const t = makeDesk({ changes: reportChanges(1) })
  act(t, { reportId: idOf(1), action: 'propose_referral', payload: { agencyId: 'DLH', reason: 'Sampah' } })
  expect(listProposals(t.desk)).toMatchObject([
    { id: idOf(1), reason: 'Sampah', proposedKind: 'referral', targetName: 'Dinas Lingkungan Hidup' },
  ])
  const decide: Triage = { reportId: idOf(1), action: 'reject_proposal', payload: { reason: 'Milik kita' } }
  expect(() => act(t, decide)).toThrow(code('not_allowed'))
  act(t, decide, t.as(people.supervisor))
  expect(listProposals(t.desk)).toEqual([])
  expect(reportDetail(t.desk, idOf(1)).state.state).toBe('received')
})

test('duplicates follow one lead and can leave it', () => {
  const t = makeDesk({ changes: [1, 2, 3].flatMap((n) => reportChanges(n)) })
  const group = (n: number, lead: number): Triage => ({
    reportId: idOf(n),
    action: 'group',
    payload: { leadId: idOf(lead) },
  })
  act(t, group(2, 1))
  for (const n of [1, 2])
    expect(reportDetail(t.desk, idOf(n)).group).toMatchObject([
      { id: idOf(1), lead: true },
      { id: idOf(2), lead: false },
    ])
  expect(() => act(t, group(3, 2))).toThrow(code('bad_input'))
  expect(() => act(t, group(1, 3))).toThrow(code('bad_input'))
  act(t, { reportId: idOf(2), action: 'ungroup', payload: {} })
  expect(reportDetail(t.desk, idOf(1)).group).toEqual([])
})

test("the report page answers the contract and shows unconfirmed acts after the hub's lines", () => {
  const entry = {
    id: idOf(0x77),
    reportId: idOf(1),
    kind: 'citizen',
    action: 'citizen_message',
    actorId: null,
    actorName: null,
    text: 'Halo',
    data: {},
    at: 1,
  }
  const t = makeDesk({ changes: [...reportChanges(1), changeOf('entry', entry.id, entry)] })
  act(t, verify)
  act(t, { reportId: idOf(1), action: 'note', payload: { text: 'Sudah ditelepon' } })
  disposeReport(t.desk, { reportId: idOf(1), payload: disposition })
  const detail = ReportDetail.parse(reportDetail(t.desk, idOf(1)))
  expect(detail.entries.map((one) => [one.action, one.text])).toEqual([
    ['citizen_message', 'Halo'],
    ['verify', ''],
    ['note', 'Sudah ditelepon'],
    ['dispose', 'Segera'],
  ])
  expect(detail.dispositions).toMatchObject([{ fromId: people.clerk.id, units: ['Bina Marga'] }])
  expect(detail.assigneeName).toBe('Yohanis Magal')
  expect(detail.outbox).toHaveLength(3)
  const offer = (action: string) => detail.actions.find((one) => one.action === action)?.refusal
  expect([offer('dispose'), offer('verify'), offer('clear_flags'), offer('close')]).toEqual([
    null,
    'wrong_state',
    'wrong_role',
    undefined,
  ])
})

test('the page of an anonymous report has no identity in it', () => {
  // Verifies PRIV-01
  const reporter = { name: 'Kanaria Wamang', phone: '0812', email: null }
  const t = makeDesk({ changes: reportChanges(1, { reporter }) })
  act(t, { reportId: idOf(1), action: 'set_flags', payload: { anonymous: true } })
  expect(JSON.stringify(reportDetail(t.desk, idOf(1)))).not.toMatch(/Kanaria|0812/)
})
