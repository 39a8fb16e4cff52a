import { expect, test } from 'vitest'
import type { Receipt } from '@shared/sync/exchange.ts'
import { enqueue } from '../../../electron/core/outbox/enqueue.ts'
import { discard, retry } from '../../../electron/core/outbox/decide.ts'
import { nextReady } from '../../../electron/core/outbox/next-ready.ts'
import { confirmApplied, offerAgain, settle } from '../../../electron/core/outbox/settle.ts'
import { outboxItems } from '../../../electron/core/queries/outbox-items.ts'
import { makeDesk, type TestDesk } from '../make-desk.ts'
import { changeOf, idOf, people, removalOf, reportChanges, reportStateOf } from '../sample.ts'

const receiptOf = (mutationId: string, change: Partial<Receipt> = {}): Receipt => ({
  mutationId,
  outcome: 'applied',
  version: 2,
  reason: null,
  fields: null,
  ...change,
})
const now = ({ host, desk }: TestDesk) => ({ now: host.now(), settings: desk.settings() })
const verified = () => {
  const office = makeDesk({ changes: reportChanges(1) })
  const { mutationId } = enqueue(office.desk, {
    kind: 'report.verify',
    reportId: idOf(1),
    baseVersion: 1,
    payload: { class: 'keluhan', oversight: false, priority: 'high' },
  })
  return { ...office, mutationId, office }
}
const shown = ({ db }: TestDesk) => db.get('SELECT state, class, pending FROM report_current')

test('an applied act goes on showing until the feed has been read to its end', () => {
  const { db, mutationId, office } = verified()
  settle(db, [receiptOf(mutationId)], now(office))
  expect(shown(office)).toEqual({ state: 'verified', class: 'keluhan', pending: 1 })
  office.feed([
    changeOf('report_state', idOf(1), reportStateOf(1, { state: 'verified', class: 'aspirasi' }), 2),
  ])
  // The mirrored row has the effect already, and another person's later change of class on top of it.
  expect(shown(office)).toEqual({ state: 'verified', class: 'aspirasi', pending: 1 })
  confirmApplied(db, now(office))
  expect(shown(office)).toEqual({ state: 'verified', class: 'aspirasi', pending: 0 })
})

test('a refused or clashing act stops showing and stays for a person to decide', () => {
  // Verifies SYNC-01, SYNC-07
  for (const outcome of ['rejected', 'conflict'] as const) {
    const { db, mutationId, office } = verified()
    settle(
      db,
      [receiptOf(mutationId, { outcome, reason: 'changed', fields: { class: 'aspirasi' } })],
      now(office),
    )
    expect(shown(office)).toEqual({ state: 'received', class: null, pending: 0 })
    expect(db.get('SELECT state FROM outbox')).toEqual({ state: outcome })
  }
})

test('a receipt counts once, and one for an unknown act not at all', () => {
  // Verifies SYNC-02
  const { db, mutationId, office } = verified()
  settle(db, [receiptOf(mutationId), receiptOf(idOf(77))], now(office))
  settle(db, [receiptOf(mutationId, { outcome: 'rejected', reason: 'late' })], now(office))
  expect(db.get('SELECT state FROM outbox')).toEqual({ state: 'applied' })
})

test('an expired session keeps the act and its id, and forgets the session', () => {
  const { db, desk, mutationId, office } = verified()
  db.run(`INSERT INTO sessions (person_id, token, expires_at) VALUES (?, 't', 0)`, desk.person.id)
  settle(db, [receiptOf(mutationId, { outcome: 'rejected', reason: 'session_expired' })], now(office))
  expect(db.get('SELECT id, state FROM outbox')).toEqual({ id: mutationId, state: 'signed_out' })
  expect(db.get('SELECT count(*) AS n FROM sessions')).toEqual({ n: 0 })
  expect(shown(office)).toMatchObject({ state: 'verified', pending: 1 })
})

test('a hub restored from an older copy is offered what it had acknowledged', () => {
  // Verifies SYNC-01
  const { db, host, mutationId, office } = verified()
  settle(db, [receiptOf(mutationId)], now(office))
  confirmApplied(db, now(office))
  expect(offerAgain(db, host.now() + 1)).toBe(0)
  expect(offerAgain(db, host.now())).toBe(1)
  expect(db.get('SELECT id, state FROM outbox')).toEqual({ id: mutationId, state: 'queued' })
})

test('what was acknowledged is dated by the hub, however wrong the clock of this PC is', () => {
  // Verifies SYNC-01
  const { db, host, mutationId, office } = verified()
  const hubTime = host.now() - 400 * 86_400_000
  settle(db, [receiptOf(mutationId)], now(office), hubTime)
  expect(offerAgain(db, hubTime - 30 * 86_400_000)).toBe(1)
})

test('a receipt that comes after the report has left keeps the outcome and no words', () => {
  // Verifies SYNC-06
  const { db, mutationId, office } = verified()
  office.feed([removalOf(idOf(1))])
  expect(db.get('SELECT payload FROM outbox')).not.toEqual({ payload: 'null' })
  settle(db, [receiptOf(mutationId, { outcome: 'duplicate' })], now(office))
  expect(db.get('SELECT state, payload FROM outbox')).toEqual({ state: 'applied', payload: 'null' })
})

test('what a restored hub lost and this desk no longer holds is shown as refused, cannot be sent, and can be given up', () => {
  // Verifies SYNC-01, SYNC-06
  const { db, desk, host, mutationId, office } = verified()
  settle(db, [receiptOf(mutationId)], now(office), host.now())
  confirmApplied(db, now(office))
  office.feed([removalOf(idOf(1))])
  // What the backup has is not lost.
  expect(offerAgain(db, 0, host.now())).toBe(0)
  expect(outboxItems(desk, { open: true })).toEqual([])
  expect(outboxItems(desk, { open: false })).toMatchObject([{ state: 'applied', editable: false }])
  expect(offerAgain(db, 0, host.now() - 1)).toBe(0)
  expect(outboxItems(desk, { open: true })).toMatchObject([
    { id: mutationId, state: 'rejected', reason: 'lost_in_restore', editable: false },
  ])
  expect(nextReady(db)).toEqual([])
  expect(() => retry(desk, mutationId)).toThrow(expect.objectContaining({ code: 'wrong_state' }))
  discard(desk, mutationId)
  expect(outboxItems(desk, { open: true })).toEqual([])
})

test('an act that was waiting when its report left is refused as reassigned, and only its author reads it', () => {
  // Verifies SYNC-06
  const { db, desk, mutationId, office } = verified()
  office.feed([removalOf(idOf(1))])
  settle(db, [receiptOf(mutationId, { outcome: 'rejected', reason: 'reassigned' })], now(office))
  const [mine] = outboxItems(desk, { open: true })
  expect(mine).toMatchObject({ state: 'rejected', reason: 'reassigned', editable: true, reportSubject: null })
  const [theirs] = outboxItems({ db, person: people.supervisor }, { open: true })
  expect(theirs).toMatchObject({ state: 'rejected', reason: 'reassigned', editable: false })
  discard(desk, mutationId)
  expect(db.get('SELECT state, payload FROM outbox')).toEqual({ state: 'discarded', payload: 'null' })
})
