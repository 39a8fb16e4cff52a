import type { Parsed } from '@shared/ipc/contract.ts'
import type { DeskDb } from '../db/open.ts'

/** Keeps the preferences and answers them. */
export function setPreferences(
  db: DeskDb,
  chosen: Parsed<'app.setPreferences'>,
): Parsed<'app.setPreferences'> {
  db.tx(() => {
    for (const [key, value] of Object.entries(chosen))
      db.run('INSERT OR REPLACE INTO preferences (key, value) VALUES (?, ?)', key, JSON.stringify(value))
  })
  return chosen
}
