import { expect, test } from 'vitest'
import { AppError } from '@shared/ipc/errors.ts'
import type { Receipt } from '@shared/sync/exchange.ts'
import { discardDraft } from '../../../electron/core/commands/discard-draft.ts'
import { saveDraft } from '../../../electron/core/commands/save-draft.ts'
import { discard, resolve, retry, undo } from '../../../electron/core/outbox/decide.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { offerAgain, settle } from '../../../electron/core/outbox/settle.ts'
import { makeDesk, type TestDesk } from '../make-desk.ts'
import { changeOf, idOf, people, removalOf, reportChanges, reportStateOf } from '../sample.ts'

const office = () => makeDesk({ changes: reportChanges(1) })
const classify = ({ desk }: TestDesk, holdMs?: number) =>
  enqueue(desk, {
    kind: 'report.classify',
    reportId: idOf(1),
    baseVersion: 1,
    payload: { class: 'keluhan', oversight: false },
    holdMs,
  }).mutationId
const submit = ({ desk }: TestDesk) =>
  enqueue(desk, {
    kind: 'reply.submit',
    reportId: idOf(1),
    baseVersion: 0,
    payload: {
      replyId: idOf(7),
      kind: 'final',
      body: 'Sudah ditambal.',
      attachments: [],
      hash: 'a'.repeat(64),
      reportVersion: 1,
    },
  }).mutationId
const answer = ({ db, host, desk }: TestDesk, mutationId: string, change: Partial<Receipt>) =>
  settle(
    db,
    [{ mutationId, outcome: 'conflict', version: null, reason: 'changed', fields: null, ...change }],
    {
      now: host.now(),
      settings: desk.settings(),
    },
  )
const codeOf = (act: () => void) => {
  try {
    act()
    return 'ok'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}
const actions = ({ db }: TestDesk) =>
  db.all<{ action: string }>('SELECT action FROM audit ORDER BY n').map((row) => row.action)

test('an act is taken back only while no hub can have seen it', () => {
  // Verifies SYNC-01
  const desk = office()
  const id = classify(desk, 5000)
  undo(desk.desk, id)
  expect(desk.db.get('SELECT state FROM outbox')).toEqual({ state: 'discarded' })
  expect(desk.db.get('SELECT class, pending FROM report_current')).toEqual({ class: null, pending: 0 })
  const sent = classify(desk)
  desk.db.run('UPDATE outbox SET attempts = 1 WHERE id = ?', sent)
  expect(codeOf(() => undo(desk.desk, sent))).toBe('wrong_state')
  expect(codeOf(() => discard(desk.desk, sent))).toBe('wrong_state')
  expect(codeOf(() => undo(desk.desk, idOf(99)))).toBe('not_found')
  expect(actions(desk)).toEqual(['report.classify', 'outbox.undo', 'report.classify'])
})

test('an act that a later one builds on is not taken back from under it', () => {
  const desk = office()
  const first = classify(desk, 5000)
  const second = classify(desk, 5000)
  expect(codeOf(() => undo(desk.desk, first))).toBe('wrong_state')
  undo(desk.desk, second)
  undo(desk.desk, first)
})

test('mine: the clash is sent again under a new id, in its old place, on top of the hubs row', () => {
  // Verifies SYNC-07
  const desk = office()
  const id = classify(desk)
  const later = classify(desk)
  answer(desk, id, { fields: { class: 'aspirasi' } })
  desk.feed([changeOf('report_state', idOf(1), reportStateOf(1, { class: 'aspirasi' }), 4)])
  expect(desk.db.get('SELECT class FROM report_current')).toEqual({ class: 'keluhan' })
  resolve(desk.desk, id, 'mine')
  const rows = desk.db.all<{ id: string; state: string; base: number }>(
    'SELECT id, state, base_version AS base FROM outbox ORDER BY n',
  )
  expect(rows[0]).toMatchObject({ state: 'queued', base: 4 })
  expect(rows[0]!.id).not.toBe(id)
  expect(rows[1]!.id).toBe(later)
})

test('hub: the clash is given up, with a trace', () => {
  const desk = office()
  const id = classify(desk)
  answer(desk, id, {})
  expect(codeOf(() => retry(desk.desk, id))).toBe('wrong_state')
  resolve(desk.desk, id, 'hub')
  expect(desk.db.get('SELECT state FROM outbox')).toEqual({ state: 'discarded' })
  expect(actions(desk)).toEqual(['report.classify', 'outbox.resolve_hub'])
})

test('a refused answer is a draft again; sent anew and accepted, the draft is gone', () => {
  // Verifies DRAFT-01
  const desk = office()
  const id = submit(desk)
  answer(desk, id, { outcome: 'rejected', reason: 'wrong_state' })
  const drafts = () =>
    desk.db.all('SELECT body, submitted, author_id AS author, report_number AS number FROM drafts')
  expect(drafts()).toEqual([
    { body: 'Sudah ditambal.', submitted: 0, author: people.clerk.id, number: 'PUPR-00001' },
  ])
  retry(desk.desk, id)
  expect(drafts()).toMatchObject([{ submitted: 1 }])
  const again = desk.db.get<{ id: string }>('SELECT id FROM outbox')!.id
  answer(desk, again, { outcome: 'applied', version: 1 })
  expect(drafts()).toEqual([])
})

test('discarding an answer, or its clash with a changed report, returns its text first', () => {
  // Verifies DRAFT-01, APPR-02
  for (const decide of [
    (desk: TestDesk, id: string) => discard(desk.desk, id),
    (desk: TestDesk, id: string) => resolve(desk.desk, id, 'mine'),
  ]) {
    const desk = office()
    const id = submit(desk)
    answer(desk, id, { reason: 'stale_content', fields: { reportVersion: 2 } })
    decide(desk, id)
    expect(desk.db.get('SELECT state FROM outbox')).toEqual({ state: 'discarded' })
    expect(desk.db.all('SELECT body, submitted FROM drafts')).toEqual([
      { body: 'Sudah ditambal.', submitted: 0 },
    ])
  }
})

test('DRAFT-01: words that come back beside newer ones of the same answer are kept beside them', () => {
  const t = office()
  const id = submit(t)
  answer(t, id, { outcome: 'applied', version: 1 })
  const newer = saveDraft(t.desk, {
    draftId: null,
    reportId: idOf(1),
    kind: 'final',
    body: 'Sudah diaspal.',
    attachments: [],
    replyId: idOf(7),
  })
  // The hub came back from a backup, and to the older copy of the report the answer fits no more.
  offerAgain(t.db, 0)
  answer(t, id, { reason: 'stale_content', fields: { reportVersion: 2 } })
  const bodies = () => t.db.all<{ body: string }>('SELECT body FROM drafts ORDER BY saved_at, id')
  const kept = [{ body: 'Sudah diaspal.' }, { body: 'Sudah ditambal.' }]
  expect(bodies()).toEqual(expect.arrayContaining(kept))
  // Its author is done with the older one; giving up the refused act does not bring it back.
  discardDraft(t.desk, id)
  resolve(t.desk, id, 'hub')
  expect(t.db.all('SELECT id, body FROM drafts')).toEqual([{ id: newer.id, body: 'Sudah diaspal.' }])
})

test('a signed-out act is tried again under the same id and content', () => {
  // Verifies SYNC-02
  const desk = office()
  const id = classify(desk)
  answer(desk, id, { outcome: 'rejected', reason: 'session_expired' })
  desk.feed([changeOf('report_state', idOf(1), reportStateOf(1), 4)])
  retry(desk.desk, id)
  expect(desk.db.get('SELECT id, state, base_version AS base FROM outbox')).toEqual({
    id,
    state: 'queued',
    base: 1,
  })
})

test('an act given up after its report has left keeps no words of it', () => {
  // Verifies SYNC-06
  const desk = office()
  const id = classify(desk)
  desk.feed([removalOf(idOf(1))])
  answer(desk, id, { outcome: 'rejected', reason: 'reassigned' })
  discard(desk.desk, id)
  expect(desk.db.get('SELECT state, payload FROM outbox')).toEqual({ state: 'discarded', payload: 'null' })
})
