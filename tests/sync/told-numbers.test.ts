import { expect, test } from 'vitest'
import type { HeldNumbers } from '@shared/sync/exchange.ts'
import { isToTell, noteTold } from '../../electron/core/sync/held-numbers.ts'
import { makeDesk } from '../core/make-desk.ts'

const NUMBERS: HeldNumbers = { leases: [], highest: [] }
const HEARD = { epoch: 2, resync: null }

// Else the PC is silent for ever about its numbers, and the hub judges none of its acts.
test('LETT-01, SYNC-04: only a hub that heard the numbers counts as told', () => {
  const { db } = makeDesk()
  expect(isToTell(db)).toBe(true)
  // Restored once more meanwhile: it first wants this PC to start over.
  noteTold(db, { numbers: NUMBERS }, { epoch: 2, resync: 'other_epoch' }, true)
  expect(isToTell(db)).toBe(true)
  // An earlier answer, delivered again.
  noteTold(db, { numbers: NUMBERS }, HEARD, false)
  expect(isToTell(db)).toBe(true)
  noteTold(db, { numbers: NUMBERS }, HEARD, true)
  expect(isToTell(db)).toBe(false)
  noteTold(db, {}, HEARD, true)
  expect(isToTell(db)).toBe(false)
  noteTold(db, {}, { epoch: 3, resync: null }, true)
  expect(isToTell(db)).toBe(true)
})
