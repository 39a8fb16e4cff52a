/** A piece of an answer: a paragraph, or a list whose items keep their markers as typed (`1.`, `a)`, `-`). */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: { marker: string; text: string; level: number }[] }

const ITEM = /^(\s*)(\d{1,2}[.)]|[a-z][.)]|[-–•*])\s+(\S.*)$/

/** Takes an approved answer apart without changing a word: blank lines part paragraphs, single breaks are kept. */
export function answerBlocks(body: string): Block[] {
  const blocks: Block[] = []
  let open: Block | null = null
  for (const line of body.replace(/\r\n?/g, '\n').split('\n')) {
    const item = ITEM.exec(line)
    if (item) {
      const [, indent = '', marker = '', text = ''] = item
      if (open?.kind !== 'list') blocks.push((open = { kind: 'list', items: [] }))
      open.items.push({
        marker: marker === '*' ? '•' : marker,
        text,
        level: levelOf(indent, marker, open.items),
      })
    } else if (line.trim() === '') {
      // A list goes on over blank lines if another item follows; a paragraph ends.
      if (open?.kind === 'paragraph') open = null
    } else if (open?.kind === 'list' && /^\s{2,}/.test(line)) {
      open.items.at(-1)!.text += `\n${line.trim()}`
    } else if (open?.kind === 'paragraph') {
      open.text += `\n${line.trimEnd()}`
    } else {
      blocks.push((open = { kind: 'paragraph', text: line.trim() }))
    }
  }
  return blocks
}

/** Letters under numbers and indented items are one level deeper. */
function levelOf(indent: string, marker: string, before: readonly { marker: string }[]): number {
  if (indent.length >= 2) return 1
  return /^[a-z]/.test(marker) && before.some((item) => /^\d/.test(item.marker)) ? 1 : 0
}

const GREETING = /^(kepada\s+)?yth\.?\s[^\n]{1,120},?$|^dengan hormat,?$/i
const FAREWELL = /^(hormat kami|salam hormat|terima kasih)[,.]?(\n[^\n]{1,120}){0,2}$/i

/**
 * The answer without its own greeting and farewell: a letter has an addressee and a signature block, and would say both
 * twice. Only whole paragraphs at the very ends go; an answer of nothing else stays as it is.
 */
export function withoutFrame(blocks: readonly Block[]): readonly Block[] {
  let from = 0
  let to = blocks.length
  const fits = (block: Block | undefined, shape: RegExp) =>
    block?.kind === 'paragraph' && shape.test(block.text)
  while (from < to && fits(blocks[from], GREETING)) from += 1
  if (from < to && fits(blocks[to - 1], FAREWELL)) to -= 1
  return from < to ? blocks.slice(from, to) : blocks
}
