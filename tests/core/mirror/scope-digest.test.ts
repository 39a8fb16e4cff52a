import { joinDigests, scopeDigest, type ScopeDigest } from '@shared/sync/digest.ts'
import { expect, test } from 'vitest'
import {
  compareDigest,
  DIGEST_EVERY,
  isDigestDue,
  mirrorDigest,
  postponeDigest,
} from '../../../electron/core/mirror/scope-digest.ts'
import type { DeskDb } from '../../../electron/core/db/open.ts'
import { makeDesk } from '../make-desk.ts'
import { changeOf, idOf, reportChanges, reportOf } from '../sample.ts'

/** The whole digest, without letting anybody in between. */
function digestOf(db: DeskDb): ScopeDigest {
  const slices = mirrorDigest(db)
  let slice = slices.next()
  while (!slice.done) slice = slices.next()
  return slice.value
}

test('the digest of the mirror is that of the feed, what was not understood included', () => {
  const { db, feed } = makeDesk({ changes: [...reportChanges(1), ...reportChanges(2)] })
  const changes = [...reportChanges(1), ...reportChanges(2)]
  expect(digestOf(db)).toEqual(scopeDigest(changes))
  expect(joinDigests(scopeDigest(changes.slice(0, 1)), scopeDigest(changes.slice(1)))).toEqual(
    scopeDigest(changes),
  )
  const strange = changeOf('report', idOf(2), { ...reportOf(2), channel: 'telepathy' }, 9)
  feed([strange])
  expect(digestOf(db)).toEqual(
    scopeDigest([...changes.filter(({ kind, id }) => kind !== 'report' || id !== idOf(2)), strange]),
  )
})

test('it is compared at the first end, then every so often, and ever more rarely when a resync does not mend it', () => {
  const { db } = makeDesk({ changes: reportChanges(1) })
  const right = digestOf(db)
  const wrong = { ...right, hash: 'ffffffffffffffff' }
  const rounds = () => {
    let n = 0
    for (; !isDigestDue(db); n++) postponeDigest(db)
    return n
  }
  expect(isDigestDue(db)).toBe(true)
  expect(compareDigest(db, right, right)).toBe('agrees')
  expect(rounds()).toBe(DIGEST_EVERY)
  expect(compareDigest(db, right, { ...right, count: right.count + 1 })).toBe('differs')
  expect(rounds()).toBe(DIGEST_EVERY)
  expect(compareDigest(db, right, wrong)).toBe('differs')
  expect(rounds()).toBe(4 * DIGEST_EVERY)
  expect(compareDigest(db, right, right)).toBe('agrees')
  expect(rounds()).toBe(DIGEST_EVERY)
})
