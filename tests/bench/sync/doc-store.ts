import type { Report, ReportState } from '@shared/domain/report.ts'
import { changed, documents, isWorkable, WORKED, type Doc } from './data.ts'

/** A document as it is handed out: texts are made once, so that serving them costs next to nothing. */
export interface Kept {
  seq: number
  /** When it was new: for whoever has not come that far it still is. */
  born: number
  /** Edition and its hash, as CouchDB writes it. */
  rev: number
  doc: Doc
}

/** All documents in the order of their last change. */
export class DocStore {
  #last = 0
  readonly #kept = new Map<string, Kept>()
  /** Oldest first; an entry whose document has changed since is dead. */
  readonly #log: { seq: number; id: string }[] = []
  readonly #worked: string[] = []
  #next = 0

  constructor(count: number) {
    for (const doc of documents(count)) {
      this.put(doc)
      if (this.#worked.length < WORKED && isWorkable(doc.state)) this.#worked.push(doc.id)
    }
  }

  get last(): number {
    return this.#last
  }

  get size(): number {
    return this.#kept.size
  }

  /** Ids of reports that are worked on. */
  get worked(): readonly string[] {
    return this.#worked
  }

  get(id: string): Kept {
    const kept = this.#kept.get(id)
    if (!kept) throw new Error(`no document ${id}`)
    return kept
  }

  has = (id: string): boolean => this.#kept.has(id)

  put(doc: Doc, rev = (this.#kept.get(doc.id)?.rev ?? 0) + 1): void {
    const seq = ++this.#last
    this.#kept.set(doc.id, { seq, born: this.#kept.get(doc.id)?.born ?? seq, rev, doc })
    this.#log.push({ seq, id: doc.id })
  }

  /** At most `limit` documents changed after `seq`, oldest change first. */
  after(seq: number, limit: number): Kept[] {
    const found: Kept[] = []
    for (let at = this.#indexAfter(seq); at < this.#log.length && found.length < limit; at++) {
      const entry = this.#log[at]!
      const kept = this.#kept.get(entry.id)!
      if (kept.seq === entry.seq) found.push(kept)
    }
    return found
  }

  /** A colleague sets the priority of `count` reports; answers their ids. */
  change(count: number): string[] {
    const ids = Array.from({ length: count }, () => this.#worked[this.#next++ % this.#worked.length]!)
    for (const id of ids) this.put(changed(this.get(id).doc, this.#last))
    return ids
  }

  #indexAfter(seq: number): number {
    let [low, high] = [0, this.#log.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#log[middle]!.seq <= seq) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** A document with its two indexed fields on top, as engines that index want it. */
export const withKeys = ({ id, report, state, entries }: Doc) => ({
  id,
  stateName: state.state,
  requestedAt: report.requestedAt,
  report,
  state,
  entries,
})

/** A document as columns; what is nested is text. */
export function asColumns({ id, report, state, entries }: Doc): Record<string, unknown> {
  const columns: Record<string, unknown> = { id }
  for (const [prefix, part] of [
    ['report', report],
    ['state', state],
  ] as [string, Report | ReportState][])
    for (const [field, value] of Object.entries(part)) {
      if (field === 'id') continue
      columns[`${prefix}_${field}`] =
        typeof value === 'object' && value !== null ? JSON.stringify(value) : value
    }
  columns['entries'] = JSON.stringify(entries)
  return columns
}
