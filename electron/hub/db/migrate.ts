import type { Db } from './engine.ts'
import { base } from './migrations/0001-base.ts'
import { snapshotOrder } from './migrations/0002-snapshot-order.ts'
import { pictures } from './migrations/0003-pictures.ts'
import { heldNumbers } from './migrations/0004-held-numbers.ts'

/** In order; a released one never changes. The number is the position, starting at 1. */
const MIGRATIONS: readonly string[] = [base, snapshotOrder, pictures, heldNumbers]

/** Thrown for a database written by a newer build: opening it could lose what this build does not know. */
export class FromTheFuture extends Error {
  readonly code = 'database_too_new'
  constructor(found: number) {
    super(
      `basis data hub ini dibuat oleh versi yang lebih baru (skema ${found}); pasang pembaruan Meja Lapor`,
    )
  }
}

/** Brings the schema to this build's version, each step in its own transaction. Throws FromTheFuture. */
export async function migrate(db: Db, migrations = MIGRATIONS): Promise<number> {
  await db.script('create table if not exists schema_version (n int primary key)')
  const [row] = await db.q<{ n: number }>('select coalesce(max(n), 0) as n from schema_version')
  const found = row!.n
  if (found > migrations.length) throw new FromTheFuture(found)
  for (let n = found + 1; n <= migrations.length; n++) {
    await db.script(`begin;\n${migrations[n - 1]!}\ninsert into schema_version values (${n});\ncommit;`)
  }
  return migrations.length
}
