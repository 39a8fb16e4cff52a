import { expect, test } from 'vitest'
import { createEar, HOLD_MS, SHORT_HOLD_MS } from '../../electron/core/sync/ear.ts'

test('one broken wake-up is a link that went down; two in a row are a link that holds nothing', () => {
  const ear = createEar()
  ear.broke()
  expect(ear.holdMs()).toBe(HOLD_MS)
  ear.held()
  ear.broke()
  expect(ear.holdMs()).toBe(HOLD_MS)
  ear.broke()
  expect(ear.holdMs()).toBe(SHORT_HOLD_MS)
})

test('after many short ones a long one is tried again, whatever broke in between', () => {
  const ear = createEar()
  ear.broke()
  ear.broke()
  for (let n = 0; n < 199; n++) ear.held()
  ear.broke()
  expect(ear.holdMs()).toBe(SHORT_HOLD_MS)
  ear.held()
  expect(ear.holdMs()).toBe(HOLD_MS)
})
