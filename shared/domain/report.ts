import { z } from 'zod'
import { AgencyId, Id, IsoDate, Millis, Sha256, text } from './ids.ts'

/** The agency's view of a report; the meaning of each state is in `workflow.ts`. */
export const ReportStateName = z.enum([
  'received',
  'verified',
  'awaiting_citizen',
  'disposed',
  'acknowledged',
  'scheduled',
  'resolved',
  'closed',
  'reopened',
  'referral_proposed',
  'referred',
  'archive_proposed',
  'archived',
  'duplicate',
])
export type ReportStateName = z.infer<typeof ReportStateName>

/** Class of a report; it chooses the settlement clock together with `oversight`. */
export const ReportClass = z.enum(['pengaduan', 'keluhan', 'aspirasi', 'informasi'])
export type ReportClass = z.infer<typeof ReportClass>

export const Priority = z.enum(['low', 'normal', 'high', 'urgent'])
export type Priority = z.infer<typeof Priority>

/** How the report came in. */
export const Channel = z.enum(['open311', 'walk_in', 'letter', 'phone', 'radio'])
export type Channel = z.infer<typeof Channel>

/** A content-addressed file: bytes are fetched by `sha256`; `size` in bytes. */
export const AttachmentRef = z.object({
  sha256: Sha256,
  mime: z.enum(['image/jpeg', 'image/png', 'image/webp', 'application/pdf']),
  size: z.int().positive(),
  name: text(200),
  /** Of a picture, as it is seen: pixels. */
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  /** A small WebP of a picture (at most MAX_THUMB_BYTES), fetched before any original. Absent: the hub made none. */
  thumb: z.object({ sha256: Sha256, size: z.int().positive() }).optional(),
})
export type AttachmentRef = z.infer<typeof AttachmentRef>

/** Largest attachment accepted anywhere, bytes. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024
/** Largest small picture, bytes, and its longest side, pixels. */
export const MAX_THUMB_BYTES = 12 * 1024
export const THUMB_SIDE = 320
/** Largest citizen's description, UTF-16 units (Open311 GeoReport v2). */
export const MAX_DESCRIPTION = 4000
/** Largest reply body, UTF-16 units. */
export const MAX_REPLY = 20_000

/** Who reported. Null on the wire when the report is anonymous: the identity stays sealed at the hub (PRIV-02). */
export const Reporter = z.object({ name: text(200), phone: text(40).nullable(), email: text(200).nullable() })
export type Reporter = z.infer<typeof Reporter>

/** Feed kind `report`: the citizen's words. Its version grows whenever the citizen adds to it. */
export const Report = z.object({
  id: Id,
  number: z.string().max(40),
  agencyId: AgencyId,
  serviceCode: z.string().max(60),
  serviceName: z.string().max(120),
  subject: text(200),
  body: text(MAX_DESCRIPTION),
  address: text(300),
  district: text(80),
  lat: z.number().min(-90).max(90).nullable(),
  lon: z.number().min(-180).max(180).nullable(),
  channel: Channel,
  reporter: Reporter.nullable(),
  attachments: z.array(AttachmentRef).max(20),
  requestedAt: Millis,
})
export type Report = z.infer<typeof Report>

/** A stretch in which the clock did not run; `to` null while it still stands still. `state`: the state that stopped it (absent: all clocks). */
export const Pause = z.object({
  from: Millis,
  to: Millis.nullable(),
  reason: text(1000),
  state: ReportStateName.optional(),
})
export type Pause = z.infer<typeof Pause>

/** A clerk's proposal that a supervisor decides. `agencyId` null: no agency of the regency owns it. */
export const Proposal = z.object({
  kind: z.enum(['referral', 'archive']),
  agencyId: AgencyId.nullable(),
  reason: text(2000),
  byId: Id,
  from: ReportStateName,
})
export type Proposal = z.infer<typeof Proposal>

/** Feed kind `report_state`: state, clocks, classification and assignment, apart from the words (same id as its report). */
export const ReportState = z.object({
  id: Id,
  state: ReportStateName,
  class: ReportClass.nullable(),
  oversight: z.boolean(),
  priority: Priority,
  anonymous: z.boolean(),
  confidential: z.boolean(),
  assigneeId: Id.nullable(),
  unit: text(120).nullable(),
  /** When the running clocks started; a reopening starts them anew. */
  clockStartedAt: Millis,
  verifiedAt: Millis.nullable(),
  responseMetAt: Millis.nullable(),
  settlementMetAt: Millis.nullable(),
  pauses: z.array(Pause),
  reviewOn: IsoDate.nullable(),
  stateReason: text(2000).nullable(),
  proposal: Proposal.nullable(),
  groupLeadId: Id.nullable(),
  citizenRepliedAt: Millis.nullable(),
  reopenCount: z.int().min(0),
  updatedAt: Millis,
})
export type ReportState = z.infer<typeof ReportState>

/** Feed kind `entry`: one line of the timeline. `citizen` and `official` are public, `internal` and `system` never leave the agency. */
export const Entry = z.object({
  id: Id,
  reportId: Id,
  kind: z.enum(['citizen', 'internal', 'official', 'system']),
  /** What happened, a workflow action or `citizen_message`, `published`, `note`; the UI translates it. */
  action: z.string().max(40),
  actorId: Id.nullable(),
  actorName: text(200).nullable(),
  text: text(MAX_REPLY),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  at: Millis,
})
export type Entry = z.infer<typeof Entry>

/** Feed kind `disposition`: the report was given to people or units with instructions. */
export const Disposition = z.object({
  id: Id,
  reportId: Id,
  fromId: Id,
  toIds: z.array(Id).max(20),
  units: z.array(text(120)).max(20),
  instructions: z.array(text(200)).max(20),
  note: text(2000),
  dueOn: IsoDate.nullable(),
  urgency: z.enum(['biasa', 'segera', 'sangat_segera']),
  createdAt: Millis,
})
export type Disposition = z.infer<typeof Disposition>
