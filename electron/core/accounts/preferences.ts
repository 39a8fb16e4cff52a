import { join } from 'node:path'
import type { z } from 'zod'
import { Preferences } from '@shared/ipc/views.ts'
import { readJson, writeDurable } from './durable-file.ts'

type Chosen = z.infer<typeof Preferences>

/** What applies until a person chooses. */
export const DEFAULT_PREFERENCES: Chosen = {
  locale: 'id',
  theme: 'system',
  textSize: 100,
  density: 'comfortable',
}

const fileOf = (dataDir: string) => join(dataDir, 'preferences.json')

/** Language and look of this PC. A file of its own, because the sign-in screen needs them before the database opens. */
export function readPreferences(dataDir: string): Chosen {
  const stored = storedIn(dataDir)
  const entries = Object.entries(Preferences.shape).map(([key, schema]) => {
    const value = schema.safeParse(stored[key])
    return [key, value.success ? value.data : DEFAULT_PREFERENCES[key as keyof Chosen]]
  })
  return Object.fromEntries(entries) as Chosen
}

/** Keeps the preferences and answers them. */
export function writePreferences(dataDir: string, chosen: Chosen): Chosen {
  writeDurable(fileOf(dataDir), JSON.stringify(chosen))
  return chosen
}

function storedIn(dataDir: string): Record<string, unknown> {
  try {
    return Object(readJson(fileOf(dataDir))) as Record<string, unknown>
  } catch {
    // A look is not worth an error; a damaged file counts as nothing chosen.
    return {}
  }
}
