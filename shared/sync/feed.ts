import { z } from 'zod'
import { Letter, Lease, NumberGap } from '../domain/letter.ts'
import { Agency, Person, Service } from '../domain/person.ts'
import { Reply } from '../domain/reply.ts'
import { Disposition, Entry, Report, ReportState } from '../domain/report.ts'
import { AgencySettings } from '../domain/settings.ts'

/** Every entity the feed carries, split by rate of change so that a status change never resends a text. */
export const feedBodies = {
  agency: Agency,
  service: Service,
  person: Person,
  settings: AgencySettings,
  report: Report,
  report_state: ReportState,
  entry: Entry,
  disposition: Disposition,
  reply: Reply,
  letter: Letter,
  lease: Lease,
  number_gap: NumberGap,
} as const

export type FeedKind = keyof typeof feedBodies
export type FeedBody<K extends FeedKind> = z.infer<(typeof feedBodies)[K]>

/** Why a report left the agency; with `removed` the desk purges the report and everything hanging on it (SYNC-06). */
export const Removal = z.object({ reason: z.enum(['reassigned', 'deleted']), movedTo: z.string().nullable() })

/** One change: the current row of one entity. `body` null exactly when `removed` is set. Kind stays a string so that an older desk skips what it does not know. */
export const Change = z.object({
  seq: z.int().positive(),
  kind: z.string().max(40),
  id: z.string().max(64),
  version: z.int().positive(),
  body: z.unknown(),
  removed: Removal.nullable(),
})
export type Change = z.infer<typeof Change>
