import { AgencySettings } from '@shared/domain/settings.ts'
import type { DeskDb } from '../db/open.ts'

/** A reader of the agency's mirrored settings that parses each version once; null before the first exchange. */
export function settingsReader(db: DeskDb): () => AgencySettings | null {
  let known: { version: number; settings: AgencySettings } | null = null
  return () => {
    const row = db.get<{ version: number }>(`SELECT version FROM m_rows WHERE kind = 'settings' LIMIT 1`)
    if (!row) return null
    if (known?.version !== row.version) {
      const body = db.get<{ body: string }>(`SELECT body FROM m_rows WHERE kind = 'settings' LIMIT 1`)!.body
      known = { version: row.version, settings: AgencySettings.parse(JSON.parse(body)) }
    }
    return known.settings
  }
}
