import { z } from 'zod'
import { AgencyId, Id, IsoDate, Millis, Sha256, text } from '../domain/ids.ts'
import { LetterKind, LetterProfile, Paper } from '../domain/letter.ts'
import { Agency, Person } from '../domain/person.ts'
import { ReplyKind } from '../domain/reply.ts'
import { AttachmentRef, MAX_REPLY } from '../domain/report.ts'
import { Template } from '../domain/settings.ts'
import { mutationPayloads as m } from '../sync/mutations.ts'
import { LinkLogRow, OutageReport } from './link-views.ts'
import * as v from './views.ts'

/** A call that only reads. */
const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  type: 'query' as const,
  input,
  output,
})
/** A call that changes something. */
const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({
  type: 'command' as const,
  input,
  output,
})

const none = z.strictObject({})
const ok = z.object({})
const byReport = z.strictObject({ reportId: Id })
/** What a queued act answers: its id can be undone until `undoUntil`. */
const Queued = z.object({ mutationId: Id, undoUntil: Millis.nullable() })
export type Queued = z.infer<typeof Queued>

/** Triage of one report; `payload` is the mutation's own. */
const triage = z.discriminatedUnion('action', [
  z.strictObject({ reportId: Id, action: z.literal('verify'), payload: m['report.verify'] }),
  z.strictObject({ reportId: Id, action: z.literal('classify'), payload: m['report.classify'] }),
  z.strictObject({ reportId: Id, action: z.literal('prioritise'), payload: m['report.prioritise'] }),
  z.strictObject({ reportId: Id, action: z.literal('set_flags'), payload: m['report.set_flags'] }),
  z.strictObject({ reportId: Id, action: z.literal('clear_flags'), payload: m['report.clear_flags'] }),
  z.strictObject({ reportId: Id, action: z.literal('ask_citizen'), payload: m['report.ask_citizen'] }),
  z.strictObject({ reportId: Id, action: z.literal('resume'), payload: m['report.resume'] }),
  z.strictObject({ reportId: Id, action: z.literal('assign'), payload: m['report.assign'] }),
  z.strictObject({ reportId: Id, action: z.literal('note'), payload: m['report.note'] }),
  z.strictObject({
    reportId: Id,
    action: z.literal('propose_referral'),
    payload: m['report.propose_referral'],
  }),
  z.strictObject({
    reportId: Id,
    action: z.literal('propose_archive'),
    payload: m['report.propose_archive'],
  }),
  z.strictObject({
    reportId: Id,
    action: z.literal('approve_proposal'),
    payload: m['report.approve_proposal'],
  }),
  z.strictObject({
    reportId: Id,
    action: z.literal('reject_proposal'),
    payload: m['report.reject_proposal'],
  }),
  z.strictObject({ reportId: Id, action: z.literal('schedule'), payload: m['report.schedule'] }),
  z.strictObject({ reportId: Id, action: z.literal('group'), payload: m['report.group'] }),
  z.strictObject({ reportId: Id, action: z.literal('ungroup'), payload: m['report.ungroup'] }),
  z.strictObject({ reportId: Id, action: z.literal('route'), payload: m['report.route'] }),
  z.strictObject({ reportId: Id, action: z.literal('reopen'), payload: m['report.reopen'] }),
])
export type TriageInput = z.infer<typeof triage>

/** Every call between the renderer and the core. A call exists only if it is here. */
export const contract = {
  'app.status': query(none, v.AppStatus),
  'app.preferences': query(none, v.Preferences),
  'app.setPreferences': command(v.Preferences, v.Preferences),
  'setup.startPractice': command(z.strictObject({ agencyId: AgencyId.default('PUPR') }), ok),
  'setup.enrol': command(
    z.strictObject({ hubUrl: z.string().max(300), code: z.string().max(40), deviceName: text(80) }),
    v.AppStatus,
  ),
  'setup.createEnrolmentCode': command(
    z.strictObject({ agencyId: AgencyId.nullable() }),
    z.object({ code: z.string(), expiresAt: Millis, hubUrl: z.string() }),
  ),
  /** Looks again after something was wrong: the folder may be writable by now, the file put back. */
  'setup.recheck': command(none, v.AppStatus),
  /** Moves a database that cannot be opened aside (nothing is deleted) and mirrors anew. */
  'setup.rebuild': command(none, v.AppStatus),
  /** A person has read what recovery kept. */
  'setup.recoverySeen': command(none, ok),
  'session.signIn': command(z.strictObject({ personId: Id, password: z.string().max(200) }), v.AppStatus),
  'session.signOut': command(none, v.AppStatus),
  /** Practice only: become another practice person of the same agency in one step. */
  'session.switchPractice': command(z.strictObject({ personId: Id }), v.AppStatus),

  'reports.list': query(v.ReportFilter, v.ReportPage),
  'reports.counts': query(none, v.InboxCounts),
  'reports.get': query(byReport, v.ReportDetail),
  /** Opens directly when `q` is exactly a report or letter number; null otherwise. */
  'reports.find': query(z.strictObject({ q: z.string().max(100) }), z.object({ reportId: Id.nullable() })),
  'reports.markRead': command(byReport, ok),
  'reports.triage': command(triage, Queued),
  'reports.dispose': command(
    z.strictObject({ reportId: Id, payload: m['report.dispose'].omit({ dispositionId: true }) }),
    Queued.extend({ dispositionId: Id }),
  ),
  /** Takes back an act that has not been sent yet. Fails with `wrong_state` once the hub may have it. */
  'reports.undo': command(z.strictObject({ mutationId: Id }), ok),
  'reports.proposals': query(
    none,
    z.array(
      v.ReportSummary.extend({
        reason: z.string(),
        proposedKind: z.enum(['referral', 'archive']),
        targetName: z.string().nullable(),
      }),
    ),
  ),
  /** Opens a sealed identity: needs a link, a role and a reason; recorded (PRIV-02). */
  'reports.revealIdentity': command(
    z.strictObject({ reportId: Id, reason: text(1000) }),
    z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() }),
  ),

  'drafts.save': command(
    z.strictObject({
      draftId: Id.nullable(),
      reportId: Id,
      kind: ReplyKind,
      body: text(MAX_REPLY),
      attachments: z.array(AttachmentRef).max(10),
      replyId: Id.nullable(),
    }),
    v.Draft,
  ),
  'drafts.discard': command(z.strictObject({ draftId: Id }), ok),
  'drafts.mine': query(
    none,
    z.array(v.Draft.extend({ reportNumber: z.string(), reportSubject: z.string() })),
  ),
  /** Drafts whose report left the agency: kept, readable, no longer sendable (SYNC-06). */
  'drafts.orphaned': query(none, z.array(v.Draft)),
  'replies.check': query(
    z.strictObject({ reportId: Id, body: z.string().max(MAX_REPLY) }),
    z.array(v.Finding),
  ),
  'replies.templates': query(
    z.strictObject({ reportId: Id, kind: ReplyKind }),
    z.array(Template.extend({ filled: z.string() })),
  ),
  /** Submits a draft exactly as saved. `acknowledged` are the findings the author has looked at. */
  'replies.submit': command(z.strictObject({ draftId: Id }), Queued.extend({ replyId: Id })),
  'replies.withdraw': command(z.strictObject({ replyId: Id }), Queued),
  'replies.queue': query(none, z.array(v.ApprovalItem)),
  'replies.approve': command(z.strictObject({ replyId: Id, hash: Sha256 }), Queued),
  'replies.return': command(z.strictObject({ replyId: Id, hash: Sha256, reason: text(2000) }), Queued),

  /** Lets the person pick files; checks type and size; keeps them encrypted until the hub has them. */
  'attachments.pick': command(
    byReport,
    z.object({
      added: z.array(AttachmentRef),
      refused: z.array(
        z.object({ name: z.string(), code: z.enum(['too_large', 'unsupported_file', 'unreadable']) }),
      ),
    }),
  ),
  /** Where these files of a report are: on this PC, asked for and on their way (`arrived` bytes), or only at the hub. */
  'attachments.states': query(
    z.strictObject({ reportId: Id, hashes: z.array(Sha256).max(40) }),
    z.array(
      z.object({
        sha256: Sha256,
        where: z.enum(['here', 'asked', 'hub']),
        /** The small picture is here. */
        thumb: z.boolean(),
        arrived: z.int(),
      }),
    ),
  ),
  /** Brings the original, now or as soon as there is a link, whatever the day cost. */
  'attachments.fetch': command(z.strictObject({ sha256: Sha256 }), ok),
  'attachments.saveAs': command(
    z.strictObject({ sha256: Sha256, name: z.string().max(200) }),
    z.object({ saved: z.boolean() }),
  ),

  'letters.list': query(
    z.strictObject({ year: z.int().nullable(), kind: LetterKind.nullable(), reportId: Id.nullable() }),
    z.array(v.LetterView),
  ),
  /** Renders (or re-renders) a draft with the KONSEP mark. */
  'letters.draft': command(
    z.strictObject({
      kind: LetterKind,
      reportId: Id,
      replyId: Id.nullable(),
      dispositionId: Id.nullable(),
      paper: Paper.nullable(),
      date: IsoDate.nullable(),
    }),
    v.LetterView,
  ),
  'letters.discard': command(z.strictObject({ letterId: Id }), ok),
  /** Takes the next number leased to this PC, renders the final PDF and stores it; without a number the letter waits. */
  'letters.issue': command(z.strictObject({ letterId: Id }), v.LetterView),
  'letters.void': command(z.strictObject({ letterId: Id, reason: text(1000) }), Queued),
  'letters.pdf': query(
    z.strictObject({ letterId: Id }),
    z.object({ bytes: z.instanceof(Uint8Array), name: z.string() }),
  ),
  'letters.print': command(
    z.strictObject({ letterId: Id }),
    z.object({ printed: z.boolean(), copy: z.int() }),
  ),
  'letters.saveAs': command(z.strictObject({ letterId: Id }), z.object({ saved: z.boolean() })),
  'letters.register': query(
    z.strictObject({ year: z.int() }),
    z.object({
      registerName: z.string(),
      year: z.int(),
      rows: z.array(v.LetterView),
      leases: z.array(z.object({ from: z.int(), to: z.int(), left: z.int() })),
      gaps: z.array(
        z.object({ n: z.int(), why: z.enum(['leased_here', 'leased_elsewhere', 'restored', 'unexplained']) }),
      ),
    }),
  ),
  'letters.profile': query(none, LetterProfile),

  'people.list': query(none, z.array(Person)),
  'agencies.list': query(none, z.array(Agency)),
  'office.lists': query(
    none,
    z.object({
      units: z.array(z.string()),
      instructions: z.array(z.string()),
      archiveReasons: z.array(z.string()),
    }),
  ),

  'sync.status': query(none, v.SyncStatus),
  'sync.now': command(none, v.SyncStatus),
  'sync.outbox': query(z.strictObject({ open: z.boolean() }), z.array(v.OutboxItem)),
  'sync.log': query(z.strictObject({ limit: z.int().min(1).max(200) }), z.array(LinkLogRow)),
  'sync.outages': query(z.strictObject({ days: z.int().min(1).max(366) }), OutageReport),
  /** Saves the statement of outages as a PDF where the person says. */
  'sync.statement': command(
    z.strictObject({ days: z.int().min(1).max(366) }),
    z.object({ saved: z.boolean() }),
  ),
  /** Fetches the pictures that wait, whatever they cost today. */
  'sync.fetchFiles': command(none, v.SyncStatus),
  'sync.setDailyLimit': command(
    z.strictObject({ bytes: z.int().min(1_000_000).max(1e12).nullable() }),
    v.SyncStatus,
  ),
  /** Whether originals come by themselves over a fast link, or only when asked for. */
  'sync.setOriginals': command(z.strictObject({ originals: z.enum(['fast', 'asked']) }), v.SyncStatus),
  /** A person decides a conflict: `mine` sends again on top of the hub's row, `hub` gives mine up. */
  'sync.resolve': command(z.strictObject({ mutationId: Id, choice: z.enum(['mine', 'hub']) }), ok),
  'sync.retry': command(z.strictObject({ mutationId: Id }), ok),
  /** Only a person discards; a reply's text returns to the drafts first. */
  'sync.discard': command(z.strictObject({ mutationId: Id }), ok),
  'audit.verify': query(
    none,
    z.object({
      entries: z.int(),
      intact: z.boolean(),
      brokenAt: z.int().nullable(),
      anchoredThrough: z.int(),
    }),
  ),
} as const

export type Contract = typeof contract
export type Method = keyof Contract
/** What a caller passes (defaults may be left out). */
export type Input<M extends Method> = z.input<Contract[M]['input']>
/** What a handler receives. */
export type Parsed<M extends Method> = z.output<Contract[M]['input']>
export type Output<M extends Method> = z.output<Contract[M]['output']>
export type Handlers = { [M in Method]: (input: Parsed<M>) => Output<M> | Promise<Output<M>> }
/** Every answer that crosses IPC. */
export type Answer<M extends Method> =
  { ok: true; value: Output<M> } | { ok: false; error: import('./errors.ts').AppErrorShape }
