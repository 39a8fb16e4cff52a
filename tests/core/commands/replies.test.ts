import { expect, test } from 'vitest'
import { ApprovalItem } from '@shared/ipc/views.ts'
import { approveReply, returnReply } from '../../../electron/core/commands/decide-reply.ts'
import { discardDraft } from '../../../electron/core/commands/discard-draft.ts'
import { saveDraft } from '../../../electron/core/commands/save-draft.ts'
import { submitReply } from '../../../electron/core/commands/submit-reply.ts'
import { triageReport } from '../../../electron/core/commands/triage-report.ts'
import { withdrawReply } from '../../../electron/core/commands/withdraw-reply.ts'
import { undo } from '../../../electron/core/outbox/decide.ts'
import { findDraft, myDrafts, orphanedDrafts } from '../../../electron/core/queries/drafts.ts'
import { outboxItems } from '../../../electron/core/queries/outbox-items.ts'
import { approvalQueue, checkText } from '../../../electron/core/queries/replies.ts'
import { reportDetail } from '../../../electron/core/queries/report-detail.ts'
import { templatesFor } from '../../../electron/core/queries/templates.ts'
import { makeDesk, type TestDesk } from '../make-desk.ts'
import { replyChange, replyTo } from '../office.ts'
import { changeOf, idOf, people, removalOf, reportChanges, reportOf, settings } from '../sample.ts'

const code = (name: string) => expect.objectContaining({ code: name })
const count = ({ db }: TestDesk, table = 'outbox') =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n
const verified = (n = 1) => reportChanges(n, {}, { state: 'verified', verifiedAt: 1 })
const typed = (body: string, change: Partial<Parameters<typeof saveDraft>[1]> = {}) => ({
  draftId: null,
  reportId: idOf(1),
  kind: 'final' as const,
  body,
  attachments: [],
  replyId: null,
  ...change,
})
/** The clerk types and hands an answer in. */
function handedIn(t: TestDesk, body = 'Lubang sudah ditutup.') {
  const draft = saveDraft(t.desk, typed(body))
  return { draft, ...submitReply(t.desk, draft.id) }
}

test('each author has one draft per report and kind; each burst of typing is kept in it', () => {
  // Verifies DRAFT-01
  const t = makeDesk({ changes: verified() })
  const first = saveDraft(t.desk, typed('Lub'))
  expect(saveDraft(t.desk, typed('Lubang', { draftId: first.id })).id).toBe(first.id)
  expect(saveDraft(t.desk, typed('Lubang sudah')).id).toBe(first.id)
  expect(saveDraft(t.as(people.clerk2), typed('Lain')).id).not.toBe(first.id)
  expect(myDrafts(t.desk)).toMatchObject([{ body: 'Lubang sudah', reportNumber: 'PUPR-00001' }])
  expect(t.db.pragma('synchronous')).toBe(2)
})

test('a draft is never overwritten by other words, by a colleague, or while handed in', () => {
  // Verifies DRAFT-01
  const t = makeDesk({ changes: verified() })
  const draft = saveDraft(t.desk, typed('Kalimat pertama'))
  expect(saveDraft(t.desk, typed('Sama sekali lain')).id).not.toBe(draft.id)
  expect(findDraft(t.desk, draft.id)?.body).toBe('Kalimat pertama')
  const other = t.as(people.clerk2)
  expect(() => saveDraft(other, typed('x', { draftId: draft.id }))).toThrow(code('not_allowed'))
  expect(() => discardDraft(other, draft.id)).toThrow(code('not_allowed'))
  submitReply(t.desk, draft.id)
  expect(saveDraft(t.desk, typed('Kalimat pertama dan lagi', { draftId: draft.id })).id).not.toBe(draft.id)
  expect(findDraft(t.desk, draft.id)).toMatchObject({ body: 'Kalimat pertama', submitted: true })
  expect(() => discardDraft(t.desk, draft.id)).toThrow(code('wrong_state'))
})

test('a draft whose report left the agency stays readable and can still be typed into', () => {
  // Verifies SYNC-06
  const t = makeDesk({ changes: verified() })
  const draft = saveDraft(t.desk, typed('Hampir'))
  t.feed([removalOf(idOf(1))])
  expect(myDrafts(t.desk)).toEqual([])
  expect(saveDraft(t.desk, typed('Hampir selesai', { draftId: draft.id })).id).toBe(draft.id)
  expect(orphanedDrafts(t.desk)).toMatchObject([{ body: 'Hampir selesai' }])
  expect(() => submitReply(t.desk, draft.id)).toThrow(code('not_found'))
})

test('a submission takes exactly the saved words and hides the draft until the hub has it', () => {
  // Verifies APPR-02
  const t = makeDesk({ changes: verified() })
  const { draft, mutationId, undoUntil, replyId } = handedIn(t)
  expect(undoUntil).toBeNull()
  const detail = reportDetail(t.desk, idOf(1))
  expect(detail.replies).toMatchObject([
    { id: replyId, state: 'submitted', body: 'Lubang sudah ditutup.', reportVersion: 1, pending: true },
  ])
  expect(detail.drafts).toEqual([])
  expect(detail.replies[0]!.hash).toBe(replyTo(1, { id: replyId, body: draft.body }).hash)
  // A second click is the first one's act.
  expect(submitReply(t.desk, draft.id)).toEqual({ mutationId, undoUntil, replyId })
  expect(count(t)).toBe(1)
  undo(t.desk, mutationId)
  expect(myDrafts(t.desk)).toMatchObject([{ id: draft.id, body: draft.body }])
})

test.each([
  ['an empty answer', '  ', 'bad_input', 'verified', people.clerk],
  ['a report not yet verified', 'Isi', 'wrong_state', 'received', people.clerk],
  ['a person without the role', 'Isi', 'not_allowed', 'verified', people.operator],
] as const)('%s is not handed in', (_, body, refusal, state, who) => {
  const t = makeDesk({ changes: reportChanges(1, {}, { state }) })
  const draft = saveDraft(t.as(who), typed(body))
  expect(() => submitReply(t.as(who), draft.id)).toThrow(code(refusal))
  expect(count(t)).toBe(0)
})

test('the queue shows a supervisor what the citizen will read, and why someone else may not decide', () => {
  const t = makeDesk({
    changes: [
      ...reportChanges(
        1,
        { reporter: { name: 'Warga Satu', phone: null, email: null } },
        { state: 'verified' },
      ),
    ],
  })
  handedIn(t, 'Yth. Warga Satu, hubungi 081234567890.')
  const [item] = approvalQueue(t.as(people.supervisor))
  expect(ApprovalItem.parse(item)).toMatchObject({
    mayDecide: true,
    why: null,
    reply: { authorName: 'Maria Tabuni' },
  })
  expect(item!.findings.map((one) => one.code)).toEqual(expect.arrayContaining(['phone', 'reporter_name']))
  expect(approvalQueue(t.desk)[0]).toMatchObject({ mayDecide: false, why: 'four_eyes' })
  expect(approvalQueue(t.as(people.clerk2))[0]).toMatchObject({ mayDecide: false, why: 'wrong_role' })
  expect(checkText(t.desk, { reportId: idOf(1), body: 'NIK 9109010101900001' })).toMatchObject([
    { code: 'nik' },
  ])
})

test('an approval binds the content shown and is queued once', () => {
  // Verifies APPR-02
  const t = makeDesk({ changes: verified() })
  const { replyId } = handedIn(t)
  const { hash } = approvalQueue(t.desk)[0]!.reply
  const boss = t.as(people.supervisor)
  expect(() => approveReply(boss, { replyId, hash: '0'.repeat(64) })).toThrow(code('stale_content'))
  const queued = approveReply(boss, { replyId, hash })
  expect(queued.undoUntil).toBeNull()
  expect(approveReply(boss, { replyId, hash })).toEqual(queued)
  expect(count(t)).toBe(2)
  expect(reportDetail(t.desk, idOf(1)).replies).toMatchObject([
    { state: 'approved', approverName: 'Agustina Rumbiak' },
  ])
  expect(approvalQueue(boss)).toEqual([])
  expect(() => returnReply(boss, { replyId, hash, reason: 'Terlambat' })).toThrow(code('wrong_state'))
})

test('author and approver differ, and only a supervisor decides', () => {
  // Verifies APPR-02
  const both = { ...people.supervisor, roles: ['clerk', 'supervisor'] as ('clerk' | 'supervisor')[] }
  const t = makeDesk({ changes: verified(), person: both })
  const { replyId } = handedIn(t)
  const { hash } = approvalQueue(t.desk)[0]!.reply
  for (const decide of [
    () => approveReply(t.desk, { replyId, hash }),
    () => returnReply(t.desk, { replyId, hash, reason: 'x' }),
  ])
    expect(decide).toThrow(code('four_eyes'))
  expect(() => approveReply(t.as(people.clerk2), { replyId, hash })).toThrow(code('not_allowed'))
})

test('what changed after the submission voids the approval visibly: words of the citizen, a privacy flag', () => {
  // Verifies APPR-02
  for (const change of ['words', 'flag'] as const) {
    const t = makeDesk({ changes: [...verified(), replyChange(replyTo(1))] })
    const { hash, id: replyId } = approvalQueue(t.desk)[0]!.reply
    if (change === 'words') t.feed([changeOf('report', idOf(1), reportOf(1, { body: 'Lubangnya dua' }), 2)])
    else triageReport(t.desk, { reportId: idOf(1), action: 'set_flags', payload: { confidential: true } })
    expect(() => approveReply(t.as(people.supervisor), { replyId, hash })).toThrow(code('stale_content'))
    expect(count(t)).toBe(change === 'words' ? 0 : 1)
  }
})

test('a returned answer comes back with its reason, and the next revision shows what changed', () => {
  const t = makeDesk({ changes: [...verified(), replyChange(replyTo(1, { body: 'Versi satu' }))] })
  const boss = t.as(people.supervisor)
  const { hash, id: replyId } = approvalQueue(boss)[0]!.reply
  expect(() => returnReply(boss, { replyId, hash, reason: ' ' })).toThrow(code('reason_required'))
  const queued = returnReply(boss, { replyId, hash, reason: 'Sebut tanggal' })
  expect(returnReply(boss, { replyId, hash, reason: 'Sebut tanggal' })).toEqual(queued)
  const returned = replyTo(1, { body: 'Versi satu', state: 'returned', returnReason: 'Sebut tanggal' })
  t.feed([replyChange(returned, 2)])
  const draft = saveDraft(t.desk, typed('Versi dua', { replyId }))
  expect(submitReply(t.desk, draft.id).replyId).toBe(replyId)
  expect(approvalQueue(boss)).toMatchObject([
    {
      reply: { revision: 2, body: 'Versi dua' },
      previous: { body: 'Versi satu', reason: 'Sebut tanggal', revision: 1 },
    },
  ])
  t.feed([removalOf(idOf(1))])
  expect(count(t, 'reply_revisions')).toBe(0)
})

test('only the author withdraws, and only before the decision', () => {
  const t = makeDesk({ changes: [...verified(), replyChange(replyTo(1))] })
  const replyId = replyTo(1).id
  expect(() => withdrawReply(t.as(people.clerk2), replyId)).toThrow(code('not_allowed'))
  expect(withdrawReply(t.desk, replyId)).toEqual(withdrawReply(t.desk, replyId))
  expect(count(t)).toBe(1)
  expect(reportDetail(t.desk, idOf(1)).replies).toMatchObject([{ state: 'withdrawn' }])
  expect(() => withdrawReply(t.desk, idOf(0xfff))).toThrow(code('not_found'))
})

test('templates are filled, and name neither an anonymous reporter nor the house', () => {
  // Verifies PRIV-01
  const template = {
    id: idOf(0x99),
    name: 'Selesai',
    kind: 'final',
    classes: [],
    services: [],
    body: 'Yth. {nama}, {nomor} di {lokasi} ({subjek}), {tanggal}. {instansi}',
  }
  const bound = { ...template, id: idOf(0x9a), classes: ['informasi'] }
  const t = makeDesk({
    changes: [
      ...reportChanges(1, {}, { state: 'verified', class: 'keluhan' }),
      ...reportChanges(
        2,
        { reporter: null, subject: 'Lubang depan rumah' },
        { state: 'verified', anonymous: true },
      ),
      changeOf('settings', 'PUPR', { ...settings, templates: [template, bound] }, 2),
    ],
  })
  const filled = (n: number) =>
    templatesFor(t.desk, { reportId: idOf(n), kind: 'final' }).map((one) => one.filled)
  expect(filled(1)).toEqual([
    'Yth. Warga 1, PUPR-00001 di Jalan Cenderawasih, Mimika Baru (Jalan berlubang 1), 2 Februari 2026. Dinas PUPR',
  ])
  expect(filled(2)).toEqual([
    'Yth. Saudara/i, PUPR-00002 di Mimika Baru (Lubang depan rumah), 2 Februari 2026. Dinas PUPR',
  ])
})

test('the ledger names each act, its person and, for a clash, both versions', () => {
  const t = makeDesk({ changes: verified() })
  triageReport(t.desk, { reportId: idOf(1), action: 'prioritise', payload: { priority: 'low' } })
  t.db.run(
    `UPDATE outbox SET state = 'conflict', receipt = ?`,
    JSON.stringify({
      mutationId: idOf(3),
      outcome: 'conflict',
      version: 2,
      reason: 'changed',
      fields: { priority: 'high' },
    }),
  )
  expect(outboxItems(t.desk, { open: true })).toMatchObject([
    {
      kind: 'report.prioritise',
      reportNumber: 'PUPR-00001',
      personName: 'Maria Tabuni',
      state: 'conflict',
      reason: 'changed',
      editable: true,
      conflict: [{ field: 'priority', mine: 'low', hub: 'high' }],
    },
  ])
  t.db.run(`UPDATE outbox SET state = 'discarded'`)
  expect(outboxItems(t.desk, { open: true })).toEqual([])
  expect(outboxItems(t.desk, { open: false })).toHaveLength(1)
})
