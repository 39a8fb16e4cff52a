/** A run of text that is in both versions, only in the old (`removed`) or only in the new (`added`). */
export interface DiffPart {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** Above this many table cells the grain gets coarser, so that a 20 000-character answer still takes milliseconds. */
const MAX_CELLS = 4_000_000

/** Three grains, the finest first: joined, the pieces are the text again. */
const GRAINS: readonly ((text: string) => string[])[] = [
  (text) => text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [],
  (text) => text.match(/\s+|\S+\s*/g) ?? [],
  (text) => text.match(/[^.!?\n]*(?:[.!?\n]+\s*|$)/g)?.filter(Boolean) ?? [],
]

/** Differences word by word. Joining `same`+`removed` gives `before`, joining `same`+`added` gives `after`. */
export function wordDiff(before: string, after: string): DiffPart[] {
  for (const grain of GRAINS) {
    const a = grain(before)
    const b = grain(after)
    if (a.length * b.length <= MAX_CELLS) return diff(a, b)
  }
  return diff([before], [after])
}

function diff(a: string[], b: string[]): DiffPart[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++
  const parts: DiffPart[] = []
  for (const word of a.slice(0, head)) push(parts, 'same', word)
  middle(parts, a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  for (const word of a.slice(a.length - tail)) push(parts, 'same', word)
  return tidy(parts)
}

/** Longest common subsequence over the part that differs. */
function middle(parts: DiffPart[], a: string[], b: string[]): void {
  const width = b.length + 1
  const table = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] =
        a[i] === b[j]
          ? table[(i + 1) * width + j + 1]! + 1
          : Math.max(table[(i + 1) * width + j]!, table[i * width + j + 1]!)
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(parts, 'same', a[i]!)
      i++
      j++
    } else if (i < a.length && (j === b.length || table[(i + 1) * width + j]! >= table[i * width + j + 1]!)) {
      push(parts, 'removed', a[i++]!)
    } else push(parts, 'added', b[j++]!)
  }
}

function push(parts: DiffPart[], kind: DiffPart['kind'], text: string): void {
  const last = parts.at(-1)
  if (last?.kind === kind) last.text += text
  else parts.push({ kind, text })
}

/** A space or a comma between two changes belongs to them; a line break does not. */
const isIsland = (text: string) => !/[\p{L}\p{N}\n]/u.test(text)

/** Drops islands between changes and puts removed before added, so that a change reads as one. */
function tidy(parts: DiffPart[]): DiffPart[] {
  const out: DiffPart[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed) push(out, 'removed', removed)
    if (added) push(out, 'added', added)
    removed = added = ''
  }
  for (const [index, part] of parts.entries()) {
    const island =
      part.kind === 'same' && isIsland(part.text) && (removed || added) && index < parts.length - 1
    if (part.kind === 'removed' || island) removed += part.text
    if (part.kind === 'added' || island) added += part.text
    if (part.kind === 'same' && !island) {
      flush()
      push(out, 'same', part.text)
    }
  }
  flush()
  return out
}

/** How many words were taken out and put in, for the summary line. */
export function diffCounts(parts: readonly DiffPart[]): { removed: number; added: number } {
  const count = (kind: DiffPart['kind']) =>
    parts
      .filter((p) => p.kind === kind)
      .reduce((sum, p) => sum + p.text.split(/\s+/).filter(Boolean).length, 0)
  return { removed: count('removed'), added: count('added') }
}
