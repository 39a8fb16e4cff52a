import type { DeskDb, SqlValue } from '../db/open.ts'

/** A work row after its transaction, or null when it is gone. */
export type WorkRow = [table: WorkTable, key: string | number, row: Record<string, SqlValue> | null]
export type WorkTable = keyof typeof KEYS

/**
 * What no hub can give back, and by which column a row is known. Acts by `n`: a renewed act changes its id and stays
 * in its place. Files only while the hub lacks them (`when`); a letter brings the key of its own PDF along.
 */
const KEYS = { outbox: 'n', drafts: 'id', letters: 'id', attachments: 'sha256', audit: 'n' } as const
const TABLES = Object.keys(KEYS) as WorkTable[]

const when = (table: WorkTable, row: 'old' | 'new') =>
  table === 'attachments' ? `WHEN ${row}.state IN ('to_upload', 'uploaded')` : ''

/** Lets every change of a work row note its key, whoever makes it: no writer can forget the journal. */
export function noteWorkRows(db: DeskDb): void {
  db.exec(
    `CREATE TEMP TABLE journal_due (t TEXT NOT NULL, k NOT NULL, PRIMARY KEY (t, k)) WITHOUT ROWID;` +
      TABLES.flatMap((table) =>
        (['insert', 'update', 'delete'] as const).map((event) => {
          const row = event === 'delete' ? 'old' : 'new'
          return `CREATE TEMP TRIGGER journal_${table}_${event} AFTER ${event} ON main.${table} ${when(table, row)}
            BEGIN INSERT OR IGNORE INTO journal_due VALUES ('${table}', ${row}.${KEYS[table]}); END;`
        }),
      ).join('\n'),
  )
}

/** The rows noted since the last call, as they are now. */
export function takeNoted(db: DeskDb): WorkRow[] {
  const due = db.all<{ t: WorkTable; k: string | number }>('SELECT t, k FROM journal_due')
  if (due.length === 0) return []
  db.run('DELETE FROM journal_due')
  return due.flatMap(({ t, k }) => withFile(db, [t, k, rowOf(db, t, k)]))
}

/** All work that is not over, for a journal that has to start from the database. */
export function openWork(db: DeskDb): WorkRow[] {
  const rows = TABLES.filter((table) => table !== 'audit').flatMap((table) =>
    db.all<Record<string, SqlValue>>(`SELECT * FROM ${table}`).map((row) => rowFor(table, row)),
  )
  return rows.filter(openAmong(rows)).flatMap((row) => withFile(db, row))
}

/** What a row is called in a journal. */
export const nameOf = ([table, key]: WorkRow): string => `${table}/${key}`

/**
 * Which of these rows must not be forgotten: open work, and what it cannot do without. A numbered letter stays until its
 * act has arrived, or its number would be given out again; a letter not yet sent keeps the key of its PDF.
 */
export function openAmong(rows: readonly WorkRow[]): (row: WorkRow) => boolean {
  const named = new Set(rows.filter(isOpen).flatMap(namedBy))
  return (row) => isOpen(row) || named.has(nameOf(row))
}

function namedBy([table, , row]: WorkRow): string[] {
  if (table === 'letters') return [`attachments/${String(row?.sha256)}`]
  if (table !== 'outbox' || row?.kind !== 'letter.issue') return []
  const { letter } = JSON.parse(String(row.payload)) as { letter: { id: string; sha256: string } }
  return [`letters/${letter.id}`, `attachments/${letter.sha256}`]
}

const rowFor = (table: WorkTable, row: Record<string, SqlValue>): WorkRow => [
  table,
  row[KEYS[table]] as string | number,
  row,
]

/** Work that the hub does not have for certain, or that only this desk holds. */
function isOpen([table, , row]: WorkRow): boolean {
  if (row === null) return false
  switch (table) {
    case 'outbox':
      return row.state !== 'discarded' && (row.state !== 'applied' || row.settled_seq === null)
    case 'drafts':
      return true
    case 'letters':
      return row.state === 'draft' || row.state === 'waiting_number'
    case 'attachments':
      return row.state === 'to_upload'
    case 'audit':
      return false
  }
}

/**
 * Writes rows as they were; doing it again changes nothing. Columns this schema does not have are left out. Answers
 * how many could not be written.
 */
export function putWorkRows(db: DeskDb, rows: readonly WorkRow[]): number {
  let refused = 0
  for (const [table, key, row] of rows) {
    if (!TABLES.includes(table)) refused++
    else if (row === null) db.run(`DELETE FROM ${table} WHERE ${KEYS[table]} = ?`, key)
    else if (!put(db, table, row)) refused++
  }
  return refused
}

function put(db: DeskDb, table: WorkTable, row: Record<string, SqlValue>): boolean {
  const known = db
    .all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table)
    .map(({ name }) => name)
  const names = Object.keys(row).filter((name) => known.includes(name))
  const others = names.filter((name) => name !== KEYS[table])
  try {
    db.run(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (${KEYS[table]}) DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      ...names.map((name) => row[name]!),
    )
    return true
  } catch {
    // Another row holds the same id or letter number: the one that is here stays.
    return false
  }
}

function rowOf(db: DeskDb, table: WorkTable, key: string | number) {
  return db.get<Record<string, SqlValue>>(`SELECT * FROM ${table} WHERE ${KEYS[table]} = ?`, key) ?? null
}

function withFile(db: DeskDb, row: WorkRow): WorkRow[] {
  const sha256 = row[0] === 'letters' ? row[2]?.sha256 : null
  const file = typeof sha256 === 'string' ? rowOf(db, 'attachments', sha256) : null
  return file?.file_key ? [row, rowFor('attachments', file)] : [row]
}

/** A record's content. `place` counts records since the file was written anew, so that a missing one shows. */
export function encodeRows(place: number, rows: readonly WorkRow[]): Buffer {
  return Buffer.from(
    JSON.stringify({ place, rows }, (_, value: unknown) =>
      isBytes(value) ? { base64: Buffer.from(value.data).toString('base64') } : value,
    ),
  )
}

/** The reverse. */
export function decodeRows(content: Buffer): { place: number; rows: WorkRow[] } {
  return JSON.parse(content.toString('utf8'), (_, value: unknown) =>
    isBase64(value) ? Buffer.from(value.base64, 'base64') : value,
  ) as { place: number; rows: WorkRow[] }
}

// Buffers reach a replacer as the object their own toJSON makes.
const isBytes = (value: unknown): value is { data: number[] } =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value
const isBase64 = (value: unknown): value is { base64: string } =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'base64'
