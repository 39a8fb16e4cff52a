/** A stretch of a text, marked or not. */
export interface MarkedPart {
  text: string
  marked: boolean
}

/** Cuts a text at ranges; overlapping ranges never repeat a character, ranges outside the text are ignored. */
export function markRanges(text: string, ranges: readonly { start: number; end: number }[]): MarkedPart[] {
  const parts: MarkedPart[] = []
  let at = 0
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(range.start, at)
    const end = Math.min(range.end, text.length)
    if (end <= start) continue
    if (start > at) parts.push({ text: text.slice(at, start), marked: false })
    parts.push({ text: text.slice(start, end), marked: true })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false })
  return parts
}
