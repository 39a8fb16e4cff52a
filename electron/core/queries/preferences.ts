import { Preferences } from '@shared/ipc/views.ts'
import type { z } from 'zod'
import type { DeskDb } from '../db/open.ts'

type Chosen = z.infer<typeof Preferences>

/** What applies until a person chooses, and while the database is locked. */
export const DEFAULT_PREFERENCES: Chosen = {
  locale: 'id',
  theme: 'system',
  textSize: 100,
  density: 'comfortable',
}

/** Preferences of this desk; a value this version does not know counts as not chosen. */
export function readPreferences(db: DeskDb): Chosen {
  const rows = db.all<{ key: string; value: string }>('SELECT key, value FROM preferences')
  const stored = Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.value) as unknown]))
  const parsed = Object.entries(Preferences.shape).map(([key, schema]) => {
    const value = schema.safeParse(stored[key])
    return [key, value.success ? value.data : DEFAULT_PREFERENCES[key as keyof Chosen]]
  })
  return Object.fromEntries(parsed) as Chosen
}
