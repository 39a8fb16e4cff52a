import type Database from 'better-sqlite3'

/**
 * Notes what a new database holds and answers a way back to it: rows out, the noted rows in. A database that is used
 * again keeps its prepared statements, which cost more than a run's queries.
 */
export function noteBlank(handle: Database.Database): () => void {
  const tables = handle
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid`,
    )
    .all()
  const indexes = tables.filter(({ sql }) => /^CREATE VIRTUAL/i.test(sql)).map(({ name }) => name)
  const plain = tables.filter(({ name }) => !indexes.some((index) => `${name}_`.startsWith(`${index}_`)))
  const columnsOf = handle.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
  const back = plain.map(({ name }) => {
    // Without the generated ones, which nobody may write.
    const columns = columnsOf.all(name).map((column) => column.name)
    const list = columns.join(', ')
    const rows = handle.prepare(`SELECT ${list} FROM ${name}`).safeIntegers(true).raw(true).all()
    const holes = columns.map(() => '?').join(', ')
    return {
      empty: handle.prepare(`DELETE FROM ${name}`),
      put: handle.prepare(`INSERT INTO ${name} (${list}) VALUES (${holes})`),
      rows: rows as unknown[][],
    }
  })
  const clear = indexes.flatMap((index) => [
    handle.prepare(`INSERT INTO ${index} (${index}) VALUES ('delete-all')`),
    handle.prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('automerge', 4)`),
  ])
  const reset = handle.transaction(() => {
    for (const { empty } of back) empty.run()
    for (const statement of clear) statement.run()
    for (const { put, rows } of back) for (const row of rows) put.run(...row)
  })
  return () => {
    if (handle.inTransaction) handle.exec('ROLLBACK')
    handle.pragma('foreign_keys = OFF')
    reset()
    handle.pragma('foreign_keys = ON')
  }
}
