import { expect, test } from 'vitest'
import { markRanges } from '../../../renderer/features/approval/mark-ranges.ts'

test('the parts join to the text and overlaps are cut', () => {
  const text = 'Hubungi 081234567890 segera'
  const parts = markRanges(text, [
    { start: 12, end: 20 },
    { start: 8, end: 14 },
    { start: 50, end: 60 },
  ])
  expect(parts.map((p) => p.text).join('')).toBe(text)
  expect(parts.filter((p) => p.marked).map((p) => p.text)).toEqual(['081234', '567890'])
})
