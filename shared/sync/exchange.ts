import { z } from 'zod'
import { AgencyId, Id, Millis } from '../domain/ids.ts'
import { Lease } from '../domain/letter.ts'
import { Person } from '../domain/person.ts'
import { Change } from './feed.ts'
import type { Mutation } from './mutations.ts'
import { PackedChanges } from './packed.ts'

/**
 * Newest version of the envelope this build speaks. 2 added the snapshot's order, the scope digest, the echo and a PC's
 * letter numbers; 3 pages in columns with places to stop at, a limit in bytes, and requests in brotli.
 */
export const PROTOCOL = 3
/** First version whose hub answers in columns and reads brotli. */
export const COLUMNS_SINCE = 3
/** Versions kept alive, so that a desk that was in a drawer for a year still gets its work out. */
const KEPT_VERSIONS = 4
/** Oldest version this build still speaks. */
export const MIN_PROTOCOL = Math.max(1, PROTOCOL - KEPT_VERSIONS + 1)
/** Content type of every hub answer; anything else (a login page, a proxy's HTML) counts as "not sent" (SYNC-05). */
export const HUB_CONTENT_TYPE = 'application/vnd.meja-lapor+json'
/** Version of the resumable-upload protocol (tus.io) that `/v1/uploads` speaks, with the creation extension. */
export const TUS_VERSION = '1.0.0'
/** Content type of `GET /v1/thumbnails` (shared/sync/thumbnails.ts). */
export const THUMBS_CONTENT_TYPE = 'application/vnd.meja-lapor.thumbnails'
/** Mutations per exchange; more go in the next one. */
export const MAX_MUTATIONS = 100

/** Why a mutation had no effect. The hub writes only these; a desk words each of them and shows an unknown one as it is. */
export const RECEIPT_REASONS = [
  'bad_lead',
  'bad_mutation',
  'changed',
  'depends_on',
  'four_eyes',
  'hash_mismatch',
  'id_reused',
  'number_not_leased',
  'number_taken',
  'reason_required',
  'reassigned',
  'reply_not_approved',
  'same_agency',
  'session_expired',
  'stale_content',
  'unknown_agency',
  'unknown_letter',
  'unknown_person',
  'unknown_reply',
  'unknown_report',
  'wrong_role',
  'wrong_state',
] as const
export type ReceiptReason = (typeof RECEIPT_REASONS)[number]

/** `applied`: the effect is in the hub. `duplicate`: it was already, from an earlier send. `rejected`/`conflict`: no effect, a person decides. */
export const Receipt = z.object({
  mutationId: Id,
  outcome: z.enum(['applied', 'duplicate', 'rejected', 'conflict']),
  /** Version of the changed row after the effect. */
  version: z.int().nullable(),
  /** One of RECEIPT_REASONS; a string, so that an older desk can read a newer hub. */
  reason: z.string().max(60).nullable(),
  /** On conflict: hub's current value of each field that clashes, so that both versions can be shown. */
  fields: z.record(z.string(), z.unknown()).nullable(),
})
export type Receipt = z.infer<typeof Receipt>

/** What a PC knows of the letter registers, told to a hub that may have forgotten it: its own leases, and the highest number seen anywhere. */
export const HeldNumbers = z.strictObject({
  leases: z.array(Lease).max(500),
  highest: z
    .array(
      z.strictObject({
        registerId: z.string().max(40),
        year: z.int().min(2000).max(2200),
        n: z.int().positive(),
      }),
    )
    .max(500),
})
export type HeldNumbers = z.infer<typeof HeldNumbers>

export const ExchangeRequest = z.strictObject({
  protocol: z.int().positive(),
  /** Person id → session token, for each person whose mutations are enclosed. */
  sessions: z.record(z.string(), z.string().max(200)),
  /** Opaque; null asks for a snapshot. */
  cursor: z.string().max(200).nullable(),
  /** Parsed one by one, so that one bad item cannot block the others (SYNC-04). */
  mutations: z.array(z.unknown()).max(MAX_MUTATIONS),
  want: z.strictObject({
    maxChanges: z.int().min(0).max(5000),
    /** About as many compressed bytes the page may have; one report at least comes all the same. */
    maxBytes: z.int().positive().optional(),
    /** A snapshot in the order people need it: office, open reports by urgency, closed ones newest first. */
    order: z.literal('urgent').optional(),
    /** The answer that reaches the feed's end shall carry the scope's digest. */
    digest: z.literal(true).optional(),
    /** A word the answer shall carry, so that an earlier answer delivered once more is told apart. */
    echo: z.string().max(40).optional(),
  }),
  /** Head of this device's audit chain, kept by the hub as an anchor (AUDIT-01). */
  audit: z.strictObject({ count: z.int().min(0), head: z.string().max(64) }).nullable(),
  /** Told until the hub of this epoch has heard it; before that a restored hub judges none of this PC's acts (LETT-01). */
  numbers: HeldNumbers.optional(),
  /** Acts that an older copy of the hub forgot are still to come from this PC; those of others may depend on them. */
  offering: z.literal(true).optional(),
})
export type ExchangeRequest = Omit<z.infer<typeof ExchangeRequest>, 'mutations'> & { mutations: Mutation[] }

const Response = z.object({
  protocol: z.int().positive(),
  hubId: Id,
  /** Changes when the hub was restored from a backup; a desk seeing a new one starts over from a snapshot. */
  epoch: z.int(),
  hubTime: Millis,
  /** Echo of the request's cursor: an answer to another question is dropped. */
  baseCursor: z.string().nullable(),
  /** The word the request asked for; null or absent from a hub that was not asked or is older. */
  echo: z.string().max(40).nullish(),
  receipts: z.array(Receipt),
  /** By rows, or from protocol 3 on by columns; read, they are the same. */
  changes: z.union([z.array(Change), PackedChanges]),
  /** Places inside the page where the mirror is that of a cursor: after the first n changes it may be kept as `cursor`. */
  marks: z.array(z.tuple([z.int().positive(), z.string().max(200)])).optional(),
  cursor: z.string().max(200),
  more: z.boolean(),
  /** Set when the cursor is too old or of another epoch: the desk asks again with null. */
  resync: z.string().nullable(),
  /** Reports of the agency at the hub as of `cursor`, so that "tersinkron" can name a proven count (SYNC-05). */
  reportCount: z.int().min(0),
  /** Digest of reports and states as of `cursor`; only when asked for, at the feed's end, and nothing changed meanwhile. */
  digest: z.object({ count: z.int().min(0), hash: z.string().max(64) }).nullish(),
  /** Oldest protocol the hub still answers. */
  minProtocol: z.int().optional(),
  /** With a resync of another epoch: what the hub acknowledged after this (hub time) is not in the backup it came from. */
  keptUpTo: Millis.optional(),
  /** Acts without a receipt that may wait: after a restore, for what other PCs of the office offer again. */
  later: z.array(Id).optional(),
})
// Marks out of order or beyond the page would keep a cursor of rows that have not come.
export const ExchangeResponse = Response.refine(({ marks = [], changes }) =>
  marks.every(([n], i) => n < changes.length && n > (marks[i - 1]?.[0] ?? 0)),
)
export type ExchangeResponse = z.infer<typeof ExchangeResponse>

/** Answer of `GET /v1/hello`: proves that an address is a hub before anything is sent to it. */
export const Hello = z.object({
  product: z.literal('meja-lapor-hub'),
  protocol: z.int(),
  minProtocol: z.int(),
  hubId: Id,
  name: z.string(),
  time: Millis,
  practice: z.boolean(),
})
export type Hello = z.infer<typeof Hello>

/** `POST /v1/enrolments`: a one-time code makes this PC a device of one agency. */
export const EnrolRequest = z.strictObject({
  protocol: z.int(),
  code: z.string().max(40),
  deviceName: z.string().max(80),
})
export const EnrolResponse = z.object({
  deviceId: Id,
  deviceToken: z.string(),
  /** Two letters that make numbers of this device recognisable. */
  deviceCode: z.string().max(4),
  agencyId: AgencyId,
  agencyName: z.string(),
  hubId: Id,
  /** 32 random bytes, base64: with the device secret it opens the device's database for a person whose session the hub accepts. */
  unlockSecret: z.string(),
  people: z.array(Person),
})
export type EnrolResponse = z.infer<typeof EnrolResponse>

/** `POST /v1/sessions` with the device token: password → session token of a person on this device. */
export const SessionRequest = z.strictObject({
  protocol: z.int(),
  personId: Id,
  password: z.string().max(200),
})
export const SessionResponse = z.object({
  token: z.string(),
  expiresAt: Millis,
  unlockSecret: z.string(),
  person: Person,
})
export type SessionResponse = z.infer<typeof SessionResponse>

/** `POST /v1/enrolment-codes` (device + session of agency_admin or operator). `code` is shown once. */
export const EnrolCodeRequest = z.strictObject({
  protocol: z.int(),
  personId: Id,
  session: z.string(),
  agencyId: AgencyId,
})
export const EnrolCodeResponse = z.object({ code: z.string(), expiresAt: Millis })
export type EnrolCodeResponse = z.infer<typeof EnrolCodeResponse>

/** `POST /v1/identities`: opens the sealed identity of an anonymous reporter; the hub records who and why (PRIV-02). */
export const IdentityRequest = z.strictObject({
  protocol: z.int(),
  personId: Id,
  session: z.string(),
  reportId: Id,
  reason: z.string().min(10).max(1000),
})
export const IdentityResponse = z.object({
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
})
export type IdentityResponse = z.infer<typeof IdentityResponse>

/** Body of every error answer of `/v1`. */
export const HubError = z.object({ error: z.object({ code: z.string(), message: z.string() }) })
/** Codes of `/v1` errors. `protocol_too_old`/`protocol_too_new` come with 426. */
export type HubErrorCode =
  | 'bad_request'
  | 'protocol_too_old'
  | 'protocol_too_new'
  | 'code_unknown'
  | 'code_used'
  | 'code_expired'
  | 'too_many_tries'
  | 'device_unknown'
  | 'device_revoked'
  | 'wrong_password'
  | 'session_expired'
  | 'not_allowed'
  | 'not_found'
  | 'too_large'
  | 'unsupported_media'
  | 'picture_unreadable'
  | 'picture_too_large'
  | 'pictures_unavailable'
  | 'hash_mismatch'
  | 'offset_mismatch'
  | 'internal'
