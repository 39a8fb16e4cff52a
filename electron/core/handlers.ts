import type { Method, Output, Parsed } from '@shared/ipc/contract.ts'
import { createEnrolmentCode, revealIdentity } from './accounts/online-acts.ts'
import type { OpenDesk } from './accounts/open-desk.ts'
import { recoverySeen } from './accounts/recovery.ts'
import { getMeta } from './db/meta.ts'
import { verifyAudit, type Anchor } from './audit/chain.ts'
import { approveReply, returnReply } from './commands/decide-reply.ts'
import { discardDraft } from './commands/discard-draft.ts'
import { discardLetter } from './commands/discard-letter.ts'
import { disposeReport } from './commands/dispose-report.ts'
import { draftLetter } from './commands/draft-letter.ts'
import { fetchAttachment } from './commands/fetch-attachment.ts'
import { issueLetter } from './commands/issue-letter.ts'
import { letterPdf } from './commands/letter-pdf.ts'
import { markRead } from './commands/mark-read.ts'
import { pickAttachments } from './commands/pick-attachments.ts'
import { printLetter, saveLetter } from './commands/print-letter.ts'
import { saveAttachment } from './commands/save-attachment.ts'
import { saveDraft } from './commands/save-draft.ts'
import { saveStatement } from './commands/save-statement.ts'
import { submitReply } from './commands/submit-reply.ts'
import { triageReport } from './commands/triage-report.ts'
import { voidLetter } from './commands/void-letter.ts'
import { withdrawReply } from './commands/withdraw-reply.ts'
import { discard, resolve, retry, undo } from './outbox/decide.ts'
import { attachmentStates } from './queries/attachment-states.ts'
import { myDrafts, orphanedDrafts } from './queries/drafts.ts'
import { inboxCounts } from './queries/inbox-counts.ts'
import { currentProfile, listLetters } from './queries/letters.ts'
import { linkLog, outboxItems } from './queries/outbox-items.ts'
import { outageReport } from './queries/outages.ts'
import { listAgencies, listPeople, officeLists } from './queries/people.ts'
import { listProposals } from './queries/proposals.ts'
import { registerOf } from './queries/register.ts'
import { approvalQueue, checkText } from './queries/replies.ts'
import { reportDetail } from './queries/report-detail.ts'
import { listReports } from './queries/report-list.ts'
import { findByNumber } from './queries/reports.ts'
import { templatesFor } from './queries/templates.ts'
import { allowFiles, bytesStatus, setDailyLimit } from './sync/budget.ts'
import { syncStatus } from './sync/status.ts'
import { setOriginalsMode } from './sync/wanted.ts'

/** Calls that the installation answers itself, whether or not someone is signed in. */
export type InstallationMethod =
  | 'app.status'
  | 'app.preferences'
  | 'app.setPreferences'
  | 'setup.startPractice'
  | 'setup.enrol'
  | 'setup.recheck'
  | 'setup.rebuild'
  | 'session.signIn'
  | 'session.signOut'
  | 'session.switchPractice'
export type DeskMethod = Exclude<Method, InstallationMethod>
type DeskHandlers = {
  [M in DeskMethod]: (open: OpenDesk, input: Parsed<M>) => Output<M> | Promise<Output<M>>
}

/** How long "Sinkronkan" waits for the exchange it started before it answers with what is known. */
const PATIENCE_MS = 10_000

/** Every call that needs an open desk: one line each. */
export const deskHandlers: DeskHandlers = {
  'setup.createEnrolmentCode': (open, input) => createEnrolmentCode(open, input),
  'setup.recoverySeen': (open) => done(recoverySeen(open)),

  'reports.list': ({ desk }, filter) => listReports(desk, filter),
  'reports.counts': ({ desk }) => inboxCounts(desk),
  'reports.get': ({ desk }, { reportId }) => reportDetail(desk, reportId),
  'reports.find': ({ desk }, { q }) => ({ reportId: findByNumber(desk, q) }),
  'reports.markRead': ({ desk }, { reportId }) => done(markRead(desk, reportId)),
  'reports.triage': ({ desk }, input) => triageReport(desk, input),
  'reports.dispose': ({ desk }, input) => disposeReport(desk, input),
  'reports.undo': ({ desk }, { mutationId }) => done(undo(desk, mutationId)),
  'reports.proposals': ({ desk }) => listProposals(desk),
  'reports.revealIdentity': (open, input) => revealIdentity(open, input),

  'drafts.save': ({ desk }, input) => saveDraft(desk, input),
  'drafts.discard': ({ desk }, { draftId }) => done(discardDraft(desk, draftId)),
  'drafts.mine': ({ desk }) => myDrafts(desk),
  'drafts.orphaned': ({ desk }) => orphanedDrafts(desk),
  'replies.check': ({ desk }, input) => checkText(desk, input),
  'replies.templates': ({ desk }, input) => templatesFor(desk, input),
  'replies.submit': ({ desk }, { draftId }) => submitReply(desk, draftId),
  'replies.withdraw': ({ desk }, { replyId }) => withdrawReply(desk, replyId),
  'replies.approve': ({ desk }, input) => approveReply(desk, input),
  'replies.return': ({ desk }, input) => returnReply(desk, input),
  'replies.queue': ({ desk }) => approvalQueue(desk),

  'attachments.pick': ({ desk }) => pickAttachments(desk),
  'attachments.states': ({ desk }, input) => attachmentStates(desk, input),
  'attachments.fetch': (open, { sha256 }) => {
    fetchAttachment(open.desk, sha256)
    open.engine.hint()
    return {}
  },
  'attachments.saveAs': ({ desk }, input) => saveAttachment(desk, input),

  'letters.draft': ({ desk }, input) => draftLetter(desk, input),
  'letters.discard': ({ desk }, { letterId }) => done(discardLetter(desk, letterId)),
  'letters.issue': ({ desk }, { letterId }) => issueLetter(desk, letterId),
  'letters.void': ({ desk }, input) => voidLetter(desk, input),
  'letters.pdf': ({ desk }, { letterId }) => letterPdf(desk, letterId),
  'letters.print': ({ desk }, { letterId }) => printLetter(desk, letterId),
  'letters.saveAs': ({ desk }, { letterId }) => saveLetter(desk, letterId),
  'letters.list': ({ desk }, input) => listLetters(desk, input),
  'letters.register': ({ desk }, { year }) => registerOf(desk, year),
  'letters.profile': ({ desk }) => currentProfile(desk),

  'people.list': ({ desk }) => listPeople(desk),
  'agencies.list': ({ desk }) => listAgencies(desk),
  'office.lists': ({ desk }) => officeLists(desk),

  'sync.status': statusOf,
  'sync.now': async (open) => {
    await open.engine.now(PATIENCE_MS)
    return statusOf(open)
  },
  'sync.outages': ({ desk }, { days }) => outageReport(desk, days),
  'sync.statement': ({ desk }, { days }) => saveStatement(desk, days),
  'sync.fetchFiles': (open) => {
    allowFiles(counted(open))
    return fetchOn(open)
  },
  'sync.setDailyLimit': (open, { bytes }) => {
    setDailyLimit(open.desk.db, bytes)
    return fetchOn(open)
  },
  'sync.setOriginals': (open, { originals }) => {
    setOriginalsMode(open.desk.db, originals)
    return fetchOn(open)
  },
  'sync.outbox': ({ desk }, input) => outboxItems(desk, input),
  'sync.log': ({ desk }, input) => linkLog(desk, input),
  'sync.resolve': ({ desk }, { mutationId, choice }) => done(resolve(desk, mutationId, choice)),
  'sync.retry': ({ desk }, { mutationId }) => done(retry(desk, mutationId)),
  'sync.discard': ({ desk }, { mutationId }) => done(discard(desk, mutationId)),
  'audit.verify': ({ desk }) => verifyAudit(desk.db, anchorOf(getMeta(desk.db, 'audit_anchor'))),
}

/** What counting the day's bytes needs of a desk. */
const counted = ({ desk: { db, host, device, settings }, client }: OpenDesk) => ({
  db,
  client,
  host,
  carrier: device.practice ? ('practice' as const) : ('https' as const),
  projection: () => ({ now: host.now(), settings: settings() }),
})

function statusOf(open: OpenDesk): Output<'sync.status'> {
  const { desk, engine, isLow } = open
  const { pausedThumbs: _inner, ...bytes } = bytesStatus(counted(open))
  return { ...syncStatus(desk.db, desk.device, engine.state(), isLow()), bytes }
}

function fetchOn(open: OpenDesk): Output<'sync.status'> {
  open.desk.stale(['sync'])
  open.engine.hint()
  return statusOf(open)
}

const done = (_: void) => ({})

const anchorOf = (text: string | null): Anchor | null => {
  const anchor = text === null ? null : (JSON.parse(text) as Anchor | null)
  return anchor && anchor.count > 0 ? anchor : null
}
