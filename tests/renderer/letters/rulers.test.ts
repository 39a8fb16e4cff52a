import { expect, test } from 'vitest'
import { PX_PER_MM, pointsToMm, ticks } from '../../../renderer/features/letters/rulers.ts'

test('a ruler has a tick for every millimetre and a number at every centimetre', () => {
  const ruler = ticks(330)
  expect(ruler).toHaveLength(331)
  expect(ruler.filter((t) => t.label)).toHaveLength(33)
  expect(ruler[0]).toEqual({ mm: 0, length: 'long', label: null })
  expect(ruler[15]).toEqual({ mm: 15, length: 'middle', label: null })
})

test('A4 and F4 in points are their millimetres', () => {
  expect(pointsToMm(595.276)).toBeCloseTo(210, 1)
  expect(pointsToMm(935.433)).toBeCloseTo(330, 1)
  expect(210 * PX_PER_MM).toBeCloseTo(793.7, 1)
})
