import { z } from 'zod'
import { Removal, type Change } from './feed.ts'

/** Most changes of one answer, packed or not; a page is far smaller. */
const MAX_CHANGES = 20_000
const Field = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,59}$/)
/** Stands in a column for "the same as the row's id". */
const SAME = 0

/**
 * Changes of one kind whose bodies have the same fields in the same order, a column for each field. `fields` null: the
 * bodies have no common form, and the only column holds them whole. `removed`: the rows are tombstones, without columns.
 */
const Table = z.strictObject({
  kind: z.string().max(40),
  ids: z.array(z.string().max(64)),
  versions: z.array(z.int().positive()),
  fields: z.array(Field).max(100).nullable(),
  columns: z.array(z.union([z.array(z.unknown()), z.literal(SAME)])),
  removed: z.array(Removal).optional(),
})

/**
 * Changes by columns (protocol 3): equal things stand together, so names travel once and the rest shrinks by a tenth
 * more than rows do. `order` names the table of each change in turn, `seqs` their seqs, each as the step from the one before.
 */
const Packed = z.strictObject({
  order: z.array(z.int().min(0)).max(MAX_CHANGES),
  seqs: z.array(z.int()).max(MAX_CHANGES),
  tables: z.array(Table).max(1000),
})
export type PackedChanges = z.infer<typeof Packed>
type Table = z.infer<typeof Table>

/** Packed changes, as they came in order; anything that does not add up is refused whole. */
export const PackedChanges = Packed.transform((packed, context): Change[] => {
  const changes = unpack(packed)
  if (changes) return changes
  context.addIssue({ code: 'custom', message: 'columns that do not fit together' })
  return z.NEVER
})

/** Packs changes; `body` is given as it will be read by `JSON.parse` on the other side. */
export function packChanges(changes: readonly Change[]): PackedChanges {
  const tables = new Map<string, Table>()
  const numbers = new Map<Table, number>()
  const order: number[] = []
  const seqs: number[] = []
  let before = 0
  for (const change of changes) {
    const form = formOf(change)
    const name = `${change.kind} ${form}`
    let table = tables.get(name)
    if (!table) {
      table = emptyTable(change, form)
      numbers.set(table, tables.size)
      tables.set(name, table)
    }
    order.push(numbers.get(table)!)
    seqs.push(change.seq - before)
    before = change.seq
    table.ids.push(change.id)
    table.versions.push(change.version)
    if (change.removed) table.removed!.push(change.removed)
    else addRow(table, change.body)
  }
  for (const table of tables.values()) table.columns = table.columns.map((column) => shortened(column, table))
  return { order, seqs, tables: [...tables.values()] }
}

/** What two bodies must share to stand in one table. */
function formOf({ body, removed }: Change): string {
  if (removed) return '-'
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return '*'
  const fields = Object.keys(body)
  return fields.length > 0 && fields.length <= 100 && fields.every((name) => Field.safeParse(name).success)
    ? fields.join(',')
    : '*'
}

function emptyTable({ kind }: Change, form: string): Table {
  const table: Table = { kind, ids: [], versions: [], fields: null, columns: [] }
  if (form === '-') return { ...table, fields: [], removed: [] }
  if (form === '*') return { ...table, columns: [[]] }
  const fields = form.split(',')
  return { ...table, fields, columns: fields.map(() => []) }
}

function addRow({ fields, columns }: Table, body: unknown): void {
  if (fields === null) (columns[0] as unknown[]).push(body)
  else fields.forEach((name, i) => (columns[i] as unknown[]).push((body as Record<string, unknown>)[name]))
}

const shortened = (column: Table['columns'][number], { ids }: Table): Table['columns'][number] =>
  column !== SAME && column.every((value, i) => value === ids[i]) ? SAME : column

function unpack({ order, seqs, tables }: PackedChanges): Change[] | null {
  if (seqs.length !== order.length || !tables.every(isWhole)) return null
  const next = tables.map(() => 0)
  const changes: Change[] = []
  let seq = 0
  for (const [i, number] of order.entries()) {
    const table = tables[number]
    const row = next[number] ?? 0
    if (!table || row >= table.ids.length) return null
    next[number] = row + 1
    seq += seqs[i]!
    if (seq <= 0 || !Number.isSafeInteger(seq)) return null
    changes.push({
      seq,
      kind: table.kind,
      id: table.ids[row]!,
      version: table.versions[row]!,
      body: table.removed ? null : bodyAt(table, row),
      removed: table.removed?.[row] ?? null,
    })
  }
  return next.every((row, number) => row === tables[number]!.ids.length) ? changes : null
}

/** Whether a table has as many of everything as of ids, and a column for each field. */
function isWhole({ ids, versions, fields, columns, removed }: Table): boolean {
  const rows = ids.length
  if (versions.length !== rows || columns.length !== (fields?.length ?? 1)) return false
  if (removed && (removed.length !== rows || columns.length > 0)) return false
  if (fields && new Set(fields).size !== fields.length) return false
  return columns.every((column) => column === SAME || column.length === rows)
}

function bodyAt({ ids, fields, columns }: Table, row: number): unknown {
  const valueAt = (column: Table['columns'][number]) => (column === SAME ? ids[row] : column[row])
  if (fields === null) return valueAt(columns[0]!)
  const body: Record<string, unknown> = {}
  for (let i = 0; i < fields.length; i++) body[fields[i]!] = valueAt(columns[i]!)
  return body
}
