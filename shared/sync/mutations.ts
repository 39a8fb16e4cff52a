import { z } from 'zod'
import { AgencyId, Id, IsoDate, Millis, Sha256, text } from '../domain/ids.ts'
import { Letter } from '../domain/letter.ts'
import { ReplyKind } from '../domain/reply.ts'
import { AttachmentRef, MAX_REPLY, Priority, ReportClass } from '../domain/report.ts'

const reason = text(2000)
const body = text(MAX_REPLY)

/** Payload of every mutation, one strict schema per kind. Kinds `report.<action>` name the actions of `workflow.ts`. */
export const mutationPayloads = {
  'report.verify': z.strictObject({ class: ReportClass, oversight: z.boolean(), priority: Priority }),
  'report.classify': z.strictObject({ class: ReportClass, oversight: z.boolean() }),
  'report.prioritise': z.strictObject({ priority: Priority }),
  'report.set_flags': z.strictObject({
    anonymous: z.literal(true).optional(),
    confidential: z.literal(true).optional(),
  }),
  'report.clear_flags': z.strictObject({
    anonymous: z.literal(false).optional(),
    confidential: z.literal(false).optional(),
    reason,
  }),
  'report.ask_citizen': z.strictObject({ question: text(2000), reason }),
  'report.resume': z.strictObject({ note: text(2000) }),
  'report.dispose': z.strictObject({
    dispositionId: Id,
    toIds: z.array(Id).max(20),
    units: z.array(text(120)).max(20),
    instructions: z.array(text(200)).max(20),
    note: text(2000),
    dueOn: IsoDate.nullable(),
    urgency: z.enum(['biasa', 'segera', 'sangat_segera']),
  }),
  'report.assign': z.strictObject({ assigneeId: Id.nullable() }),
  'report.note': z.strictObject({ text: text(8000) }),
  'report.propose_referral': z.strictObject({ agencyId: AgencyId.nullable(), reason }),
  'report.propose_archive': z.strictObject({ reason }),
  'report.approve_proposal': z.strictObject({}),
  'report.reject_proposal': z.strictObject({ reason }),
  'report.schedule': z.strictObject({ reviewOn: IsoDate, reason }),
  'report.group': z.strictObject({ leadId: Id }),
  'report.ungroup': z.strictObject({}),
  'report.route': z.strictObject({ agencyId: AgencyId }),
  'report.reopen': z.strictObject({ reason }),
  'reply.submit': z.strictObject({
    replyId: Id,
    kind: ReplyKind,
    body,
    attachments: z.array(AttachmentRef).max(10),
    hash: Sha256,
    reportVersion: z.int().positive(),
  }),
  'reply.withdraw': z.strictObject({ replyId: Id }),
  'reply.approve': z.strictObject({ replyId: Id, hash: Sha256, reportVersion: z.int().positive() }),
  'reply.return': z.strictObject({ replyId: Id, hash: Sha256, reason }),
  'letter.issue': z.strictObject({ letter: Letter }),
  'letter.void': z.strictObject({ letterId: Id, reason }),
  /** The number of a letter whose issue was given up: on paper it may exist, so the register has to explain it (LETT-01). */
  'letter.spoil': z.strictObject({ letter: Letter, reason }),
  /** Asks for `size` numbers of a register and year for this device alone; answered by a `lease` in the feed. */
  'register.lease': z.strictObject({
    registerId: z.string().max(40),
    year: z.int(),
    size: z.int().min(1).max(50),
  }),
} as const

export type MutationKind = keyof typeof mutationPayloads
export type MutationPayload<K extends MutationKind> = z.infer<(typeof mutationPayloads)[K]>

const envelope = {
  /** UUIDv7 made by the desk; the idempotency key for ever. */
  id: Id,
  personId: Id,
  /** Orders mutations; `register.lease` has none. */
  reportId: Id.nullable(),
  /** Version of the row it changes as this desk last saw it from the hub: `report_state` for `report.*`, `reply` for `reply.*` (0: new). */
  baseVersion: z.int().min(0),
  /** Client clock, shown but never trusted for order. */
  madeAt: Millis,
  /** Payload schema version. */
  v: z.literal(1),
}

const kinds = Object.keys(mutationPayloads) as MutationKind[]
const members = kinds.map((kind) =>
  z.strictObject({ ...envelope, kind: z.literal(kind), payload: mutationPayloads[kind] }),
)

export type MutationOf<K extends MutationKind> = {
  id: string
  personId: string
  reportId: string | null
  baseVersion: number
  madeAt: number
  v: 1
  kind: K
  payload: MutationPayload<K>
}
/** Discriminated by `kind`. */
export type Mutation = { [K in MutationKind]: MutationOf<K> }[MutationKind]
/** Strict: an unknown kind or field is refused, so nothing is half understood. */
export const Mutation = z.discriminatedUnion('kind', members as never) as unknown as z.ZodType<Mutation>
