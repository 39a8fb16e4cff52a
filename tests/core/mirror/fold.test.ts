import { expect, test } from 'vitest'
import type { Reply } from '@shared/domain/reply.ts'
import type { MutationKind, MutationPayload } from '@shared/sync/mutations.ts'
import { foldDispositions, foldReplies, foldState } from '../../../electron/core/mirror/fold.ts'
import type { OverlayAct } from '../../../electron/core/outbox/overlay.ts'
import { idOf, people, reportStateOf } from '../sample.ts'

const act = <K extends MutationKind>(
  kind: K,
  payload: MutationPayload<K>,
  effectVersion: number | null = null,
) =>
  ({
    id: idOf(0x99),
    kind,
    payload,
    personId: people.clerk.id,
    reportId: idOf(1),
    baseVersion: 1,
    madeAt: 5000,
    v: 1,
    effectVersion,
  }) as unknown as OverlayAct

const verify = (effect: number | null = null) =>
  act('report.verify', { class: 'keluhan', oversight: false, priority: 'high' }, effect)
const ask = act('report.ask_citizen', { question: 'Di mana?', reason: 'alamat kurang' })
const row = (change = {}, version = 1) => ({ version, body: reportStateOf(1, change) })

test('acts follow one another', () => {
  const state = foldState(row(), [verify(), ask])
  expect(state).toMatchObject({
    state: 'awaiting_citizen',
    class: 'keluhan',
    priority: 'high',
    verifiedAt: 5000,
  })
  expect(state.pauses).toEqual([{ from: 5000, to: null, reason: 'alamat kurang', state: 'awaiting_citizen' }])
  const resumed = foldState(row(), [verify(), ask, act('report.resume', { note: '' })])
  expect(resumed.state).toBe('verified')
  expect(resumed.pauses[0]!.to).toBe(5000)
})

test('an act whose effect is in the mirrored row already changes nothing', () => {
  const mirrored = row({ state: 'disposed', class: 'aspirasi', priority: 'low' }, 4)
  expect(foldState(mirrored, [verify(2)])).toEqual(mirrored.body)
  expect(foldState(mirrored, [verify(5)])).toMatchObject({ state: 'disposed', class: 'keluhan' })
})

test('a proposal, its refusal and its approval', () => {
  const propose = act('report.propose_referral', { agencyId: 'DLH', reason: 'sampah' })
  const proposed = foldState(row({ state: 'verified' }), [propose])
  expect(proposed).toMatchObject({
    state: 'referral_proposed',
    proposal: { kind: 'referral', from: 'verified' },
  })
  const refused = foldState(row({ state: 'verified' }), [
    propose,
    act('report.reject_proposal', { reason: 'milik kita' }),
  ])
  expect(refused).toMatchObject({ state: 'verified', proposal: null })
  const approved = foldState(row({ state: 'verified' }), [propose, act('report.approve_proposal', {})])
  expect(approved).toMatchObject({ state: 'referred', proposal: null })
})

test('flags, assignment, groups, schedule and reopening show at once', () => {
  expect(foldState(row(), [act('report.set_flags', { anonymous: true })]).anonymous).toBe(true)
  const cleared = foldState(row({ anonymous: true }), [
    act('report.clear_flags', { anonymous: false, reason: 'izin' }),
  ])
  expect(cleared).toMatchObject({ anonymous: false })
  expect('reason' in cleared).toBe(false)
  expect(foldState(row(), [act('report.assign', { assigneeId: idOf(5) })]).assigneeId).toBe(idOf(5))
  const grouped = foldState(row(), [act('report.group', { leadId: idOf(2) })])
  expect(grouped).toMatchObject({ state: 'duplicate', groupLeadId: idOf(2) })
  const planned = foldState(row({ state: 'verified' }), [
    act('report.schedule', { reviewOn: '2026-05-01', reason: 'anggaran' }),
  ])
  expect(planned).toMatchObject({ state: 'scheduled', reviewOn: '2026-05-01', stateReason: 'anggaran' })
  const again = foldState(row({ state: 'closed', responseMetAt: 7 }), [
    act('report.reopen', { reason: 'belum selesai' }),
  ])
  expect(again).toMatchObject({
    state: 'reopened',
    responseMetAt: null,
    clockStartedAt: 5000,
    reopenCount: 1,
  })
})

const hash = 'a'.repeat(64)
const submit = act('reply.submit', {
  replyId: idOf(7),
  kind: 'final',
  body: 'Sudah ditambal.',
  attachments: [],
  hash,
  reportVersion: 1,
})

test('a submitted reply shows, and a decision binds only its own content', () => {
  // Verifies APPR-02
  const approve = (over: string) => act('reply.approve', { replyId: idOf(7), hash: over, reportVersion: 1 })
  expect(foldReplies([], [submit])).toMatchObject([
    { state: 'submitted', revision: 1, authorId: people.clerk.id },
  ])
  expect(foldReplies([], [submit, approve(hash)])).toMatchObject([{ state: 'approved' }])
  expect(foldReplies([], [submit, approve('b'.repeat(64))])).toMatchObject([{ state: 'submitted' }])
})

test('a returned reply is submitted again as its next revision', () => {
  const back = act('reply.return', { replyId: idOf(7), hash, reason: 'kurang sopan' })
  const returned = foldReplies([], [submit, back])[0] as Reply
  expect(returned).toMatchObject({ state: 'returned', returnReason: 'kurang sopan' })
  expect(returned.approverId).toBe(back.personId)
  const resubmitted = foldReplies([{ version: 2, body: returned }], [submit])
  expect(resubmitted).toMatchObject([{ state: 'submitted', revision: 2 }])
})

test('a disposition shows once, before and after the hub sends it back', () => {
  const dispose = act('report.dispose', {
    dispositionId: idOf(8),
    toIds: [people.clerk2.id],
    units: [],
    instructions: ['Tindak lanjuti'],
    note: '',
    dueOn: null,
    urgency: 'segera',
  })
  const made = foldDispositions([], [dispose])
  expect(made).toMatchObject([{ id: idOf(8), fromId: people.clerk.id }])
  expect(foldDispositions(made, [dispose])).toHaveLength(1)
  expect(foldState(row({ state: 'verified' }), [dispose])).toMatchObject({
    state: 'disposed',
    assigneeId: people.clerk2.id,
    unit: null,
  })
})
