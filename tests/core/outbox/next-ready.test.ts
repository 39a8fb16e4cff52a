import { expect, test } from 'vitest'
import {
  followSessions,
  markSending,
  nextReady,
  releaseHeld,
  unmarkSending,
} from '../../../electron/core/outbox/next-ready.ts'
import { discard } from '../../../electron/core/outbox/decide.ts'
import { settle } from '../../../electron/core/outbox/settle.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import type { NewMutation } from '../../../electron/core/desk.ts'
import { makeDesk } from '../make-desk.ts'
import { idOf, people, reportChanges } from '../sample.ts'

const office = () => makeDesk({ changes: [...reportChanges(1), ...reportChanges(2)] })
const note = (n: number, text: string): NewMutation<'report.note'> => ({
  kind: 'report.note',
  reportId: idOf(n),
  baseVersion: 1,
  payload: { text },
})
const prioritise = (n: number): NewMutation<'report.prioritise'> => ({
  kind: 'report.prioritise',
  reportId: idOf(n),
  baseVersion: 1,
  payload: { priority: 'high' },
})
const verify = (n: number): NewMutation<'report.verify'> => ({
  kind: 'report.verify',
  reportId: idOf(n),
  baseVersion: 1,
  payload: { class: 'keluhan', oversight: false, priority: 'normal' },
})

test('acts go in the order they were made', () => {
  const { desk, db } = office()
  const ids = [verify(1), prioritise(2), prioritise(1)].map((act) => enqueue(desk, act).mutationId)
  expect(nextReady(db).map((mutation) => mutation.id)).toEqual(ids)
  expect(nextReady(db, undefined, 2)).toHaveLength(2)
})

test('a refused act holds back only what depends on it', () => {
  // Verifies SYNC-04
  const { desk, db } = office()
  const first = enqueue(desk, verify(1)).mutationId
  const behind = enqueue(desk, prioritise(1)).mutationId
  const besides = enqueue(desk, note(1, 'catatan')).mutationId
  const elsewhere = enqueue(desk, verify(2)).mutationId
  db.run(`UPDATE outbox SET state = 'rejected' WHERE id = ?`, first)
  expect(nextReady(db).map((mutation) => mutation.id)).toEqual([besides, elsewhere])
  db.run(`UPDATE outbox SET state = 'discarded' WHERE id = ?`, first)
  expect(nextReady(db).map((mutation) => mutation.id)).toContain(behind)
})

test('what is held for undo waits with its dependents until it is due or a person asks', () => {
  const { desk, db, host } = office()
  enqueue(desk, { ...verify(1), holdMs: 8000 })
  enqueue(desk, prioritise(1))
  expect(nextReady(db)).toHaveLength(0)
  releaseHeld(db, host.now() + 7999)
  expect(nextReady(db)).toHaveLength(0)
  releaseHeld(db, host.now() + 8000)
  expect(nextReady(db)).toHaveLength(2)
  enqueue(desk, { ...verify(2), holdMs: 8000 })
  releaseHeld(db, host.now(), true)
  expect(nextReady(db)).toHaveLength(3)
})

test('acts of a person the hub would not know wait as signed out, and go on after the sign-in', () => {
  const { desk, db, as } = office()
  const theirs = enqueue(desk, verify(1)).mutationId
  const other = enqueue(as(people.supervisor), prioritise(2)).mutationId
  db.run(`INSERT INTO sessions (person_id, token, expires_at) VALUES (?, 't', 0)`, people.supervisor.id)
  followSessions(db)
  expect(nextReady(db).map((mutation) => mutation.id)).toEqual([other])
  db.run(`INSERT INTO sessions (person_id, token, expires_at) VALUES (?, 't', 0)`, people.clerk.id)
  followSessions(db)
  expect(nextReady(db).map((mutation) => mutation.id)).toEqual([theirs, other])
})

test('SYNC-02: sent and unanswered, an act goes without its author, for only the hub knows whether it happened', () => {
  const { desk, db, host } = office()
  const open = enqueue(desk, verify(1)).mutationId
  markSending(db, [open], 'https', host.now())
  unmarkSending(db)
  const later = enqueue(desk, verify(2)).mutationId
  followSessions(db)
  expect(nextReady(db).map((mutation) => mutation.id)).toEqual([open])
  const answer = {
    mutationId: open,
    outcome: 'rejected',
    version: null,
    reason: 'session_expired',
    fields: null,
  } as const
  settle(db, [answer], { now: host.now(), settings: desk.settings() })
  followSessions(db)
  expect(nextReady(db)).toEqual([])
  // The hub has said that it did not happen: now a person may give it up.
  for (const id of [open, later]) discard(desk, id)
})

test('what was being sent when the program died is sent again under its id', () => {
  // Verifies SYNC-02
  const { desk, db } = office()
  const id = enqueue(desk, verify(1)).mutationId
  markSending(db, [id], 'https', 5)
  expect(nextReady(db).map((mutation) => mutation.id)).toEqual([id])
  unmarkSending(db)
  expect(db.get('SELECT state, attempts, sent_at AS sentAt FROM outbox')).toEqual({
    state: 'queued',
    attempts: 1,
    sentAt: 5,
  })
})

test('an act without its files is left out with what depends on it', () => {
  const { desk, db } = office()
  const first = enqueue(desk, verify(1)).mutationId
  enqueue(desk, prioritise(1))
  const elsewhere = enqueue(desk, verify(2)).mutationId
  expect(nextReady(db, (mutation) => mutation.id !== first).map((m) => m.id)).toEqual([elsewhere])
})

test('a clock that was put back holds nothing for longer', () => {
  const { desk, db, host } = office()
  enqueue(desk, { ...verify(1), holdMs: 8000 })
  releaseHeld(db, host.now() - 86_400_000)
  expect(nextReady(db)).toHaveLength(1)
})
