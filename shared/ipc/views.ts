import { z } from 'zod'
import { DayBytes } from './link-views.ts'
import { AgencyId, Id, IsoDate, Millis, Sha256 } from '../domain/ids.ts'
import { LetterKind, LetterStateName, Paper } from '../domain/letter.ts'
import { Person, Role } from '../domain/person.ts'
import { Reply, ReplyKind, ReplyStateName } from '../domain/reply.ts'
import {
  AttachmentRef,
  Channel,
  Disposition,
  Entry,
  Priority,
  Report,
  ReportClass,
  ReportState,
  ReportStateName,
} from '../domain/report.ts'

/** A clock as shown: words come from `status`, `workingDaysLeft` and `explain`. */
export const ClockView = z.object({
  status: z.enum(['none', 'running', 'due_today', 'late', 'paused', 'met']),
  dueOn: IsoDate.nullable(),
  dueAt: Millis.nullable(),
  workingDaysLeft: z.int().nullable(),
  metAt: Millis.nullable(),
  explain: z.object({
    days: z.int(),
    startOn: IsoDate,
    skipped: z.array(z.object({ date: IsoDate, name: z.string() })),
    pausedDays: z.int(),
    ruleSetId: z.string(),
    /** No class yet: the days of an ordinary pengaduan count. */
    assumedClass: z.boolean(),
  }),
})
export type ClockView = z.infer<typeof ClockView>

/** Saved views of the inbox. */
export const InboxView = z.enum([
  'all',
  'new',
  'due_today',
  'late',
  'awaiting_approval',
  'returned',
  'citizen_replied',
  'mine',
  'closed',
])
export type InboxView = z.infer<typeof InboxView>

/** A row of the inbox. `reporterName` is null when the report is anonymous or the name unknown. */
export const ReportSummary = z.object({
  id: Id,
  number: z.string(),
  subject: z.string(),
  serviceName: z.string(),
  district: z.string(),
  state: ReportStateName,
  class: ReportClass.nullable(),
  priority: Priority,
  channel: Channel,
  anonymous: z.boolean(),
  confidential: z.boolean(),
  assigneeName: z.string().nullable(),
  reporterName: z.string().nullable(),
  attachmentCount: z.int(),
  unread: z.boolean(),
  /** The clock that matters now: response until met, then settlement. */
  clock: ClockView,
  replyState: ReplyStateName.nullable(),
  pending: z.boolean(),
  requestedAt: Millis,
  updatedAt: Millis,
  /** Search hit with `[[`…`]]` around matches; null when not searching. */
  snippet: z.string().nullable(),
})
export type ReportSummary = z.infer<typeof ReportSummary>

export const ReportFilter = z.strictObject({
  view: InboxView,
  q: z.string().max(300).default(''),
  states: z.array(ReportStateName).max(20).default([]),
  districts: z.array(z.string().max(80)).max(50).default([]),
  services: z.array(z.string().max(60)).max(50).default([]),
  sort: z
    .enum(['due', 'newest', 'oldest', 'updated', 'priority', 'number', 'subject', 'state', 'district'])
    .default('due'),
  descending: z.boolean().default(false),
  after: z.string().max(400).nullable().default(null),
  limit: z.int().min(1).max(100).default(50),
})
/** Keyset page; `next` null at the end. `total` is the true count of the filter. */
export const ReportPage = z.object({
  items: z.array(ReportSummary),
  next: z.string().nullable(),
  total: z.int(),
  /** Set while words were searched that the index does not know wholly: reports it has, of all that are here. */
  indexing: z.object({ done: z.int(), total: z.int() }).nullable(),
})

export const InboxCounts = z.object({
  views: z.record(InboxView, z.int()),
  replyQueue: z.int(),
  proposals: z.int(),
  districts: z.array(z.object({ name: z.string(), count: z.int() })),
  services: z.array(z.object({ code: z.string(), name: z.string(), count: z.int() })),
})

/** How far a mutation has come, in the words of the sync centre. */
export const OutboxState = z.enum([
  'held',
  'queued',
  'sending',
  'applied',
  'rejected',
  'conflict',
  'signed_out',
  'discarded',
])
export const OutboxItem = z.object({
  id: Id,
  kind: z.string(),
  reportId: Id.nullable(),
  reportNumber: z.string().nullable(),
  reportSubject: z.string().nullable(),
  personName: z.string(),
  madeAt: Millis,
  state: OutboxState,
  /** How it travelled (`https`) and when the last try and the receipt were. */
  carrier: z.string().nullable(),
  attempts: z.int(),
  sentAt: Millis.nullable(),
  receiptAt: Millis.nullable(),
  /** Kind of the refused act it waits for; then the code of the hub's refusal or conflict. */
  dependsOn: z.string().nullable(),
  reason: z.string().nullable(),
  /** Field by field for conflicts: what I set and what the hub has. */
  conflict: z.array(z.object({ field: z.string(), mine: z.unknown(), hub: z.unknown() })).nullable(),
  /** Whether this person's draft text or payload can still be read and resent. */
  editable: z.boolean(),
})
export type OutboxItem = z.infer<typeof OutboxItem>

/** The weekly reading of the whole database: when it ended, and whether every page and index was well. */
export const FullCheck = z.object({ at: Millis, ok: z.boolean() })
export type FullCheck = z.infer<typeof FullCheck>

export const SyncStatus = z.object({
  phase: z.enum(['idle', 'exchanging', 'waiting', 'offline', 'signed_out', 'resyncing', 'stopped']),
  /** When the hub last proved an exchange (hub time, ms) and how many reports it named; null before the first. */
  lastSyncedAt: Millis.nullable(),
  hubReportCount: z.int().nullable(),
  mirroredReportCount: z.int(),
  mirrorComplete: z.boolean(),
  queued: z.int(),
  needsPerson: z.int(),
  /** Code of the last failure, from the closed error list; null when the last exchange worked. */
  problem: z.string().nullable(),
  /** For `tls_untrusted`: who issued the refused certificate. */
  problemDetail: z.string().nullable(),
  nextTryAt: Millis.nullable(),
  hubUrl: z.string().nullable(),
  practice: z.boolean(),
  /** PC clock minus hub clock, ms, at the last exchange. */
  clockSkewMs: z.int().nullable(),
  /** Null before the first. */
  fullCheck: FullCheck.nullable(),
  bytes: DayBytes,
})
export type SyncStatus = z.infer<typeof SyncStatus>

/** A local draft of an answer: its own record, saved as it is typed (DRAFT-01). */
export const Draft = z.object({
  id: Id,
  reportId: Id,
  kind: ReplyKind,
  body: z.string(),
  attachments: z.array(AttachmentRef),
  authorId: Id,
  authorName: z.string(),
  savedAt: Millis,
  /** Set when it was started from a returned or voided reply. */
  replyId: Id.nullable(),
})
export type Draft = z.infer<typeof Draft>

export const Finding = z.object({
  code: z.enum(['nik', 'phone', 'email', 'reporter_name', 'placeholder', 'empty']),
  start: z.int(),
  end: z.int(),
  text: z.string(),
})
export type Finding = z.infer<typeof Finding>

export const ReplyView = Reply.extend({
  authorName: z.string(),
  approverName: z.string().nullable(),
  pending: z.boolean(),
})
export type ReplyView = z.infer<typeof ReplyView>

export const LetterView = z.object({
  id: Id,
  kind: LetterKind,
  state: LetterStateName,
  number: z.string().nullable(),
  n: z.int().nullable(),
  suffix: z.string(),
  year: z.int(),
  date: IsoDate,
  subject: z.string(),
  addressee: z.string(),
  paper: Paper,
  reportId: Id,
  reportNumber: z.string(),
  replyId: Id.nullable(),
  dispositionId: Id.nullable(),
  sha256: Sha256.nullable(),
  pages: z.int().nullable(),
  voidReason: z.string().nullable(),
  verifyUrl: z.string().nullable(),
  prints: z.int(),
  createdAt: Millis,
  issuedAt: Millis.nullable(),
  pending: z.boolean(),
})
export type LetterView = z.infer<typeof LetterView>

/** Why an action is not offered is as important as that it is: the UI shows both. */
export const ActionOffer = z.object({
  action: z.string(),
  refusal: z.enum(['wrong_state', 'wrong_role']).nullable(),
})

export const ReportDetail = z.object({
  report: Report,
  state: ReportState,
  version: z.int(),
  stateVersion: z.int(),
  response: ClockView,
  settlement: ClockView,
  verify: ClockView,
  entries: z.array(Entry),
  dispositions: z.array(Disposition),
  replies: z.array(ReplyView),
  drafts: z.array(Draft),
  letters: z.array(LetterView),
  group: z.array(z.object({ id: Id, number: z.string(), subject: z.string(), lead: z.boolean() })),
  actions: z.array(ActionOffer),
  assigneeName: z.string().nullable(),
  /** Mutations of this report that the hub has not confirmed. */
  outbox: z.array(OutboxItem),
})
export type ReportDetail = z.infer<typeof ReportDetail>

/** One answer waiting for this supervisor, with everything needed to decide. */
export const ApprovalItem = z.object({
  reply: ReplyView,
  report: z.object({
    id: Id,
    number: z.string(),
    subject: z.string(),
    body: z.string(),
    serviceName: z.string(),
    district: z.string(),
    requestedAt: Millis,
    anonymous: z.boolean(),
    confidential: z.boolean(),
    reporterName: z.string().nullable(),
    attachments: z.array(AttachmentRef),
  }),
  clock: ClockView,
  findings: z.array(Finding),
  /** Body of the last returned revision with its reason, for the diff. */
  previous: z.object({ body: z.string(), reason: z.string().nullable(), revision: z.int() }).nullable(),
  mayDecide: z.boolean(),
  /** Why not: own answer, or wrong role. */
  why: z.enum(['four_eyes', 'wrong_role']).nullable(),
})
export type ApprovalItem = z.infer<typeof ApprovalItem>

/** What it took to open a damaged or interrupted database, and what a person should know of it. */
export const Recovery = z.object({
  at: Millis,
  /** `wal`: interrupted work finished; `copy`: the daily copy of `copyDay` and the journal; `hub`: built anew from the hub. */
  rung: z.enum(['wal', 'copy', 'hub']),
  copyDay: IsoDate.nullable(),
  /** What is here now: acts on their way, drafts, letters. */
  acts: z.int(),
  drafts: z.int(),
  letters: z.int(),
  /** Records that came back out of the journal. */
  redone: z.int(),
  /** Records of the journal that could not be read: each was one act or one save. */
  lost: z.int(),
  /** False: the journal itself was gone, so what was done after the copy is lost and cannot be counted. */
  journal: z.boolean(),
  /** Files of unsent work that cannot be read any more: they have to be attached again. */
  missingFiles: z.int().default(0),
  /** With `hub`: false when neither the damaged database nor a copy gave anything, so that only the journal was left. */
  salvaged: z.boolean().default(true),
  auditIntact: z.boolean(),
  /** Numbers of reports with unsent work, where still known (20 at most). */
  reports: z.array(z.string()),
  /** Where the damaged file was put, below the data folder. */
  folder: z.string().nullable(),
})
export type Recovery = z.infer<typeof Recovery>

export const AppStatus = z.object({
  phase: z.enum(['first_run', 'setting_up', 'locked', 'ready', 'broken']),
  version: z.string(),
  practice: z.boolean(),
  agency: z
    .object({ id: AgencyId, name: z.string(), shortName: z.string(), operator: z.boolean() })
    .nullable(),
  deviceName: z.string().nullable(),
  deviceCode: z.string().nullable(),
  hubUrl: z.string().nullable(),
  person: Person.nullable(),
  /** People who may sign in here; `knownHere` ones can do so without a link. */
  people: z.array(
    z.object({
      id: Id,
      name: z.string(),
      position: z.string(),
      roles: z.array(Role),
      knownHere: z.boolean(),
    }),
  ),
  /** Progress while setting up practice: what is being done and how far (0–1, null unknown). */
  progress: z.object({ step: z.string(), done: z.number().nullable() }).nullable(),
  /** With `broken`: the code of what is wrong and the path concerned. */
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  /** Shown after sign-in until a person has read it. */
  recovery: Recovery.nullable(),
  zoneLabel: z.string(),
  utcOffsetMinutes: z.int(),
})
export type AppStatus = z.infer<typeof AppStatus>

export const Preferences = z.object({
  locale: z.enum(['id', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  textSize: z.union([z.literal(100), z.literal(115), z.literal(130), z.literal(150)]),
  density: z.enum(['comfortable', 'compact']),
})
export type Preferences = z.infer<typeof Preferences>
