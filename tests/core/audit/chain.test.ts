import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appendAudit, auditHead, verifyAudit } from '../../../electron/core/audit/chain.ts'
import { makeDesk } from '../make-desk.ts'
import { idOf } from '../sample.ts'

const chainOf = (length: number) => {
  const { db } = makeDesk({ bare: true })
  for (let i = 0; i < length; i++)
    appendAudit(db, {
      at: 1000 + i,
      personId: idOf(1),
      action: 'report.note',
      subjectId: idOf(i),
      data: { i },
    })
  return db
}

test('an untouched chain is intact as far as the hub has anchored it', () => {
  const db = chainOf(5)
  expect(verifyAudit(db, null)).toEqual({ entries: 5, intact: true, brokenAt: null, anchoredThrough: 0 })
  expect(verifyAudit(db, auditHead(db))).toMatchObject({ intact: true, anchoredThrough: 5 })
})

test('any edit, removal, swap or cut is found', () => {
  // Verifies AUDIT-01
  const length = 12
  const db = chainOf(length)
  const anchor = auditHead(db)
  const n = fc.integer({ min: 1, max: length })
  const tampering = fc.oneof(
    fc.record({ sql: fc.constant(`UPDATE audit SET data = '{"i":999}' WHERE n = ?`), n }),
    fc.record({ sql: fc.constant('UPDATE audit SET at = at + 1 WHERE n = ?'), n }),
    fc.record({ sql: fc.constant(`UPDATE audit SET person_id = NULL WHERE n = ?`), n }),
    fc.record({ sql: fc.constant('DELETE FROM audit WHERE n = ?'), n }),
    fc.record({ sql: fc.constant('DELETE FROM audit WHERE n >= ?'), n }),
    fc.record({ sql: fc.constant(`UPDATE audit SET hash = substr(hash, 2) || 'f' WHERE n = ?`), n }),
  )
  fc.assert(
    fc.property(tampering, ({ sql, n }) => {
      db.exec('SAVEPOINT honest')
      db.run(sql, n)
      const verdict = verifyAudit(db, anchor)
      db.exec('ROLLBACK TO honest; RELEASE honest')
      expect(verdict.intact).toBe(false)
      expect(verdict.brokenAt).toBeLessThanOrEqual(n + 1)
    }),
    { numRuns: 300 },
  )
  expect(verifyAudit(db, anchor).intact).toBe(true)
})

test('a chain rebuilt from its middle does not meet the anchor', () => {
  const db = chainOf(5)
  const anchor = auditHead(db)
  db.run('DELETE FROM audit WHERE n >= 3')
  for (let i = 2; i < 5; i++)
    appendAudit(db, { at: 1, personId: idOf(2), action: 'report.note', subjectId: idOf(i), data: {} })
  expect(verifyAudit(db, null).intact).toBe(true)
  expect(verifyAudit(db, anchor)).toMatchObject({ intact: false, brokenAt: 5 })
})
