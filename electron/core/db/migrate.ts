import { AppError } from '@shared/ipc/errors.ts'
import type { DeskDb } from './desk-db.ts'
import { migration0001 } from './migrations/0001-start.ts'
import { migration0002 } from './migrations/0002-returned-again.ts'
import { migration0003 } from './migrations/0003-given-up-numbers.ts'
import { migration0004 } from './migrations/0004-thumbnails.ts'
import { migration0005 } from './migrations/0005-by-report.ts'

/** Every migration in order; `user_version` counts how many have run. Released ones never change. */
export const MIGRATIONS: readonly string[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
]

/** Brings the schema up to date, each step in one transaction. Throws `db_from_future` for a newer app's file. */
export function migrate(db: DeskDb, migrations: readonly string[] = MIGRATIONS): void {
  const version = db.pragma('user_version') as number
  if (version > migrations.length)
    throw new AppError('db_from_future', `schema ${version}, this app knows ${migrations.length}`)
  for (let next = version; next < migrations.length; next++) {
    db.tx(() => {
      db.exec(migrations[next]!)
      db.pragma(`user_version = ${next + 1}`)
    })
  }
}
