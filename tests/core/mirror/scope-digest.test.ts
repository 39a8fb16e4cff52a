import { scopeDigest } from '@shared/sync/digest.ts'
import { expect, test } from 'vitest'
import {
  compareDigest,
  DIGEST_EVERY,
  isDigestDue,
  mirrorDigest,
} from '../../../electron/core/mirror/scope-digest.ts'
import { makeDesk } from '../make-desk.ts'
import { changeOf, idOf, reportChanges, reportOf } from '../sample.ts'

test('the digest of the mirror is that of the feed, what was not understood included', () => {
  const { db, feed } = makeDesk({ changes: [...reportChanges(1), ...reportChanges(2)] })
  const changes = [...reportChanges(1), ...reportChanges(2)]
  expect(mirrorDigest(db)).toEqual(scopeDigest(changes))
  const strange = changeOf('report', idOf(2), { ...reportOf(2), channel: 'telepathy' }, 9)
  feed([strange])
  expect(mirrorDigest(db)).toEqual(
    scopeDigest([...changes.filter(({ kind, id }) => kind !== 'report' || id !== idOf(2)), strange]),
  )
})

test('it is compared at the first end, then every so often, and ever more rarely when a resync does not mend it', () => {
  const { db } = makeDesk({ changes: reportChanges(1) })
  const right = mirrorDigest(db)
  const wrong = { ...right, hash: 'ffffffffffffffff' }
  const rounds = () => {
    let n = 0
    for (; !isDigestDue(db); n++) compareDigest(db, null)
    return n
  }
  expect(isDigestDue(db)).toBe(true)
  expect(compareDigest(db, right)).toBe('agrees')
  expect(rounds()).toBe(DIGEST_EVERY)
  expect(compareDigest(db, { ...right, count: right.count + 1 })).toBe('differs')
  expect(rounds()).toBe(DIGEST_EVERY)
  expect(compareDigest(db, wrong)).toBe('differs')
  expect(rounds()).toBe(4 * DIGEST_EVERY)
  expect(compareDigest(db, right)).toBe('agrees')
  expect(rounds()).toBe(DIGEST_EVERY)
})
