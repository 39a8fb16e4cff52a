import { z } from 'zod'

/** What went stale. `report:<id>` names one report; the others name a family of queries. */
export const Topic = z.union([
  z.enum(['app', 'reports', 'replies', 'drafts', 'letters', 'people', 'settings', 'outbox', 'sync', 'setup']),
  z.templateLiteral(['report:', z.string()]),
])
export type Topic = z.infer<typeof Topic>
