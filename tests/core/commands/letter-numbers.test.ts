import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftLetter } from '../../../electron/core/commands/draft-letter.ts'
import { issueLetter } from '../../../electron/core/commands/issue-letter.ts'
import { voidLetter } from '../../../electron/core/commands/void-letter.ts'
import { makeDesk, type TestDesk } from '../make-desk.ts'
import { leaseChange, realPrinter, replyChange, replyTo } from '../office.ts'
import { idOf, reportChanges } from '../sample.ts'
import type { Desk } from '../../../electron/core/desk.ts'

const REPORTS = [1, 2, 3, 4]

/** A desk that is device `d`, with its own answers to write letters about. */
function deskOf(d: number): { t: TestDesk; desk: Desk } {
  const t = makeDesk({
    seed: `pc${d}`,
    changes: REPORTS.flatMap((n) => [
      ...reportChanges(n, {}, { state: 'resolved' }),
      replyChange(replyTo(n, { state: 'published' })),
    ]),
  })
  realPrinter(t)
  return { t, desk: { ...t.desk, device: { ...t.desk.device, id: idOf(0xd0 + d) } } }
}

test('PCs with different leases never share a number, whatever is issued, voided and lent in whatever order', async () => {
  // Verifies LETT-01
  const step = fc.record({
    pc: fc.constantFrom(0, 1),
    act: fc.constantFrom('issue', 'issue', 'void', 'lease'),
    n: fc.constantFrom(...REPORTS),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 16 }), async (steps) => {
      const pcs = [deskOf(0), deskOf(1)]
      let lent = 1
      const used: string[] = []
      for (const { pc, act, n } of steps) {
        const { desk } = pcs[pc]!
        if (act === 'lease') {
          // The hub sends a lease to every desk of the agency; each may use only its own.
          for (const one of pcs) one.t.feed([leaseChange(lent, lent + 1, { deviceId: desk.device.id })])
          lent += 2
          continue
        }
        const own = desk.db.get<{ id: string }>(
          `SELECT id FROM letters WHERE report_id = ? AND state = 'issued' ORDER BY issued_at DESC LIMIT 1`,
          idOf(n),
        )
        if (act === 'void' && own) {
          try {
            voidLetter(desk, { letterId: own.id, reason: 'Uji' })
          } catch {
            // Void already.
          }
          continue
        }
        const draft = await draftLetter(desk, {
          kind: 'reply',
          reportId: idOf(n),
          replyId: replyTo(n).id,
          dispositionId: null,
          paper: null,
          date: null,
        }).catch(() => null)
        const letter = draft && (await issueLetter(desk, draft.id))
        if (letter?.state === 'issued') used.push(letter.number!)
      }
      expect(new Set(used).size).toBe(used.length)
      for (const { desk } of pcs) {
        const numbers = desk.db
          .all<{ n: number }>('SELECT n FROM letters WHERE n IS NOT NULL')
          .map((row) => row.n)
        const mine = desk.db.all<{ from: number; to: number }>(
          `SELECT body ->> '$.from' AS "from", body ->> '$.to' AS "to" FROM m_rows WHERE kind = 'lease' AND body ->> '$.deviceId' = ?`,
          desk.device.id,
        )
        expect(numbers.every((n) => mine.some((lease) => n >= lease.from && n <= lease.to))).toBe(true)
      }
    }),
    { numRuns: 15 },
  )
})
