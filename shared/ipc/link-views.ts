import { z } from 'zod'
import { IsoDate, Millis } from '../domain/ids.ts'

/** One exchange as the link log shows it. */
export const LinkLogRow = z.object({
  id: z.int(),
  at: Millis,
  carrier: z.string(),
  result: z.string(),
  sent: z.int(),
  received: z.int(),
  bytesUp: z.int(),
  bytesDown: z.int(),
  durationMs: z.int(),
})

/** Stretches without the hub, newest first; only time the app was trying counts. */
export const OutageReport = z.object({
  since: Millis,
  until: Millis,
  totalMs: z.int(),
  outages: z.array(
    z.object({
      from: Millis,
      /** Null while it lasts. */
      to: Millis.nullable(),
      watchedMs: z.int(),
      unwatchedMs: z.int(),
      tries: z.int(),
      reasons: z.array(z.string()),
    }),
  ),
  days: z.array(z.object({ date: IsoDate, ms: z.int(), outages: z.int() })),
})
export type OutageReport = z.infer<typeof OutageReport>

/** What the office day has cost, bytes, and the pictures that are still to come; `paused`: why they wait. */
export const DayBytes = z.object({
  today: z.int(),
  todayFiles: z.int(),
  limit: z.int().nullable(),
  filesWaiting: z.int(),
  filesBytes: z.int(),
  paused: z.enum(['budget', 'ask']).nullable(),
  /** When originals come by themselves. */
  originals: z.enum(['fast', 'asked']),
})
