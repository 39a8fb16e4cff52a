import type { FormReader } from '@shared/open311/form.ts'
import { readTime } from '@shared/open311/georeport.ts'

/** Longest period of one list. */
const MAX_SPAN = 90 * 86_400_000

/** `start_date` and `end_date`, inclusive, ms; by default the last 90 days. Complaints are left in the reader. */
export function readPeriod(reader: FormReader, now: number): { from: number; to: number } {
  const read = (name: string): number | undefined => {
    const value = reader.get(name)
    if (value === undefined) return undefined
    const ms = readTime(value)
    if (ms === null) reader.complain(`${name}: harus berbentuk 2026-01-31T08:00:00+09:00, dengan zona`)
    return ms ?? undefined
  }
  const start = read('start_date')
  const end = read('end_date')
  if (start !== undefined && end !== undefined) {
    if (start > end) reader.complain('start_date: harus sebelum end_date')
    else if (end - start > MAX_SPAN) reader.complain('start_date dan end_date: paling lama 90 hari')
    return { from: start, to: end }
  }
  if (start !== undefined) return { from: start, to: start + MAX_SPAN }
  const to = end ?? now + 86_400_000
  return { from: (end ?? now) - MAX_SPAN, to }
}
