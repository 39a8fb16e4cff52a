import { expect, test } from 'vitest'
import type { Letter } from '@shared/domain/letter.ts'
import { draftLetter } from '../../../electron/core/commands/draft-letter.ts'
import { issueLetter } from '../../../electron/core/commands/issue-letter.ts'
import { letterPdf } from '../../../electron/core/commands/letter-pdf.ts'
import { printLetter } from '../../../electron/core/commands/print-letter.ts'
import { voidLetter } from '../../../electron/core/commands/void-letter.ts'
import { discard, undo } from '../../../electron/core/outbox/decide.ts'
import { settle } from '../../../electron/core/outbox/settle.ts'
import { listLetters } from '../../../electron/core/queries/letters.ts'
import { registerOf } from '../../../electron/core/queries/register.ts'
import { leaseChange, replyChange, replyTo } from '../office.ts'
import { changeOf, idOf, people, profile, removalOf, reportChanges } from '../sample.ts'
import { code, order, answered, outbox, office } from './letter-office.ts'

test('a void letter keeps its row, number and reason; its number is not used again', async () => {
  // Verifies LETT-01
  const { t } = office(answered(1), answered(2), [leaseChange(1, 5)])
  const { id } = await draftLetter(t.desk, order(1)).then((draft) => issueLetter(t.desk, draft.id))
  expect(() => voidLetter(t.as(people.operator), { letterId: id, reason: 'Salah' })).toThrow(
    code('not_allowed'),
  )
  expect(() => voidLetter(t.desk, { letterId: id, reason: ' ' })).toThrow(code('reason_required'))
  const queued = voidLetter(t.desk, { letterId: id, reason: 'Salah alamat' })
  expect(voidLetter(t.desk, { letterId: id, reason: 'Salah alamat' })).toEqual(queued)
  const second = await draftLetter(t.desk, order(2)).then((draft) => issueLetter(t.desk, draft.id))
  expect(second.n).toBe(2)
  expect(registerOf(t.desk, 2026).rows).toMatchObject([
    { n: 1, state: 'void', voidReason: 'Salah alamat', pending: true },
    { n: 2, state: 'issued' },
  ])
  await expect(printLetter(t.desk, id)).rejects.toThrow(code('wrong_state'))
  // A refused voiding has voided nothing.
  t.db.run(`UPDATE outbox SET state = 'rejected' WHERE kind = 'letter.void'`)
  expect(registerOf(t.desk, 2026).rows[0]).toMatchObject({ n: 1, state: 'issued' })
})

test('LETT-01: an issue given up in the sync centre leaves an explained row here and at the hub, never a free number', async () => {
  const { t } = office(answered(1), answered(2), [leaseChange(1, 5)])
  const { id } = await draftLetter(t.desk, order(1)).then((draft) => issueLetter(t.desk, draft.id))
  const { mutationId } = t.db.get<{ mutationId: string }>('SELECT id AS mutationId FROM outbox')!
  discard(t.desk, mutationId)
  expect(listLetters(t.desk, { year: 2026, kind: 'reply', reportId: null })).toMatchObject([
    { id, n: 1, state: 'void', pending: true },
  ])
  const acts = t.db.all<{ id: string; kind: string; state: string }>(
    'SELECT id, kind, state FROM outbox ORDER BY n',
  )
  expect(acts).toMatchObject([
    { kind: 'letter.issue', state: 'discarded' },
    { kind: 'letter.spoil', state: 'queued' },
  ])
  // No hub has heard of the number yet: giving that up too would leave it unexplained.
  for (const giveUp of [undo, discard]) expect(() => giveUp(t.desk, acts[1]!.id)).toThrow(code('wrong_state'))
  // Even when the report leaves and takes the act's words with it, the row stays as it is.
  t.feed([removalOf(idOf(1))])
  expect(listLetters(t.desk, { year: 2026, kind: 'reply', reportId: null })).toMatchObject([
    { id, n: 1, state: 'void' },
  ])
  expect((await draftLetter(t.desk, order(2)).then((draft) => issueLetter(t.desk, draft.id))).n).toBe(2)
})

test('LETT-01: a number that belongs to another letter is explained on this PC alone', async () => {
  const { t } = office(answered(1), [leaseChange(1, 5)])
  const { id } = await draftLetter(t.desk, order(1)).then((draft) => issueLetter(t.desk, draft.id))
  const { mutationId } = t.db.get<{ mutationId: string }>('SELECT id AS mutationId FROM outbox')!
  const refusal = {
    mutationId,
    outcome: 'rejected',
    version: null,
    reason: 'number_taken',
    fields: null,
  } as const
  settle(t.db, [refusal], { now: t.host.now(), settings: t.desk.settings() })
  discard(t.desk, mutationId)
  expect(outbox(t).map((row) => row.kind)).toEqual(['letter.issue'])
  expect(registerOf(t.desk, 2026).rows).toMatchObject([
    { id, n: 1, state: 'void', voidReason: 'Pendaftaran ke hub dibatalkan', pending: false },
  ])
})

test('the register joins this PC and the others and explains every gap', async () => {
  const { t } = office(answered(1), [leaseChange(3, 5), leaseChange(6, 8, { deviceId: idOf(0xe1) })])
  const { id } = await draftLetter(t.desk, order(1)).then((draft) => issueLetter(t.desk, draft.id))
  const own = JSON.parse(outbox(t)[0]!.payload).letter as Letter
  const foreign: Letter = {
    ...own,
    id: idOf(0x70),
    n: 7,
    number: '600/007/PUPR/2026',
    deviceId: idOf(0xe1),
    subject: 'Lain',
    verifyToken: 'x'.repeat(22),
    sha256: 'b'.repeat(64),
  }
  t.feed([changeOf('letter', foreign.id, foreign), changeOf('letter', own.id, own)])
  const register = registerOf(t.desk, 2026)
  expect(register).toMatchObject({
    registerName: profile.register.name,
    leases: [{ from: 3, to: 5, left: 2 }],
  })
  expect(register.rows.map((row) => [row.n, row.id, row.pending])).toEqual([
    [3, id, false],
    [7, foreign.id, false],
  ])
  expect(register.gaps).toEqual([
    { n: 1, why: 'unexplained' },
    { n: 2, why: 'unexplained' },
    { n: 4, why: 'leased_here' },
    { n: 5, why: 'leased_here' },
    { n: 6, why: 'leased_elsewhere' },
    { n: 8, why: 'leased_elsewhere' },
  ])
  t.feed([changeOf('letter', own.id, { ...own, state: 'void', voidReason: 'Dari PC lain' }, 2)])
  expect(registerOf(t.desk, 2026).rows[0]).toMatchObject({ state: 'void', voidReason: 'Dari PC lain' })
  await expect(letterPdf(t.desk, foreign.id)).rejects.toThrow(code('not_downloaded'))
  // Asked for once, it comes with the next exchange.
  expect(t.db.get('SELECT state FROM attachments WHERE sha256 = ?', foreign.sha256)).toEqual({
    state: 'wanted',
  })
})

test('neither letter nor register names an anonymous reporter or a confidential subject', async () => {
  // Verifies PRIV-01
  const reporter = { name: 'Kanaria Wamang', phone: '081234567890', email: null }
  const { t, printed } = office(
    reportChanges(
      1,
      { reporter, subject: 'Kanaria Wamang mengeluh' },
      { state: 'resolved', anonymous: true },
    ),
    [replyChange(replyTo(1, { state: 'published' }))],
    reportChanges(2, { subject: 'KANARI-RAHASIA' }, { state: 'resolved', confidential: true }),
    [replyChange(replyTo(2, { state: 'published' }))],
    [leaseChange(1, 5)],
  )
  for (const n of [1, 2]) await draftLetter(t.desk, order(n)).then((draft) => issueLetter(t.desk, draft.id))
  expect(JSON.stringify([registerOf(t.desk, 2026), outbox(t)])).not.toMatch(/Kanaria|0812|KANARI/)
  expect(printed.map((one) => one.html).join()).not.toMatch(/Kanaria|0812/)
})
