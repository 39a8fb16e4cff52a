import { dateAt } from '@shared/domain/days.ts'
import { currentClock } from '@shared/domain/deadlines.ts'
import type { Reply } from '@shared/domain/reply.ts'
import type { Priority, Report, ReportState, ReportStateName } from '@shared/domain/report.ts'
import type { AgencySettings } from '@shared/domain/settings.ts'
import type { DeskDb } from '../db/open.ts'
import { overlayActs, type OverlayAct } from '../outbox/overlay.ts'
import { foldReplies, foldState, type Versioned } from './fold.ts'
import { dueKey, STATE_RANK } from './list-order.ts'
import { mirroredChildren, mirroredReport } from './rows.ts'

/** What the overlay depends on besides the rows themselves. */
export interface Projection {
  now: number
  settings: AgencySettings | null
}

/** Priorities as `report_current.priority` orders them. */
export const PRIORITY_RANK: Readonly<Record<Priority, number>> = { urgent: 0, high: 1, normal: 2, low: 3 }

const CLOSED: readonly ReportStateName[] = ['resolved', 'closed', 'referred', 'archived', 'duplicate']
const WIT_MINUTES = 540

/** A report as it was just mirrored, so that it need not be read back. */
export interface JustMirrored {
  rid: number
  report: Versioned<Report>
  state: Versioned<ReportState>
}

/**
 * Recomputes a report's row of `report_current` from the mirror and the outbox. Call it in the transaction that
 * touched either side; a report that is not (or not wholly) mirrored has no row. `known` spares reading what the caller
 * has just written; `acts` what it knows the outbox to hold.
 */
export function projectReport(
  db: DeskDb,
  reportId: string,
  { now, settings }: Projection,
  known: JustMirrored | null = null,
  acts: readonly OverlayAct[] = overlayActs(db, reportId),
): void {
  const mirrored = known ?? mirroredReport(db, reportId)
  if (!mirrored) return void db.run('DELETE FROM report_current WHERE id = ?', reportId)
  const report = mirrored.report.body
  const state = foldState(mirrored.state, acts)
  const reply = shownReply(foldReplies(mirroredChildren(db, 'reply', reportId), acts))
  const clock = settings ? currentClock(state, settings, now) : null
  const running =
    clock !== null && (clock.status === 'running' || clock.status === 'due_today' || clock.status === 'late')
  const dueAt = running ? clock.dueAt : null
  const open = !CLOSED.includes(state.state)
  // A row that a fault had removed comes back under another number: the old overlay must not stand in its way.
  db.run('DELETE FROM report_current WHERE id = ? AND rid <> ?', report.id, mirrored.rid)
  db.run(
    UPSERT,
    mirrored.rid,
    report.id,
    report.number,
    report.subject,
    report.serviceCode,
    report.serviceName,
    report.district,
    report.channel,
    state.state,
    state.class,
    PRIORITY_RANK[state.priority],
    Number(state.anonymous),
    Number(state.confidential),
    // The folded flag counts: a name disappears from this desk's lists before the hub has heard of it (PRIV-01).
    state.anonymous ? null : (report.reporter?.name ?? null),
    state.assigneeId,
    state.unit,
    report.attachments.length,
    JSON.stringify(state),
    clock?.status ?? 'none',
    dueAt,
    dateAt(now, settings?.calendar.utcOffsetMinutes ?? WIT_MINUTES),
    reply?.state ?? null,
    reply?.authorId ?? null,
    state.proposal?.kind ?? null,
    Number(citizenWaits(state, reply)),
    Number(acts.length > 0),
    Number(open),
    report.requestedAt,
    updatedAt(report, state),
    dueKey(open, dueAt, updatedAt(report, state)),
    STATE_RANK[state.state],
  )
}

/** The reply an inbox row speaks of: one that waits for a decision, else the latest. */
function shownReply(replies: readonly Reply[]): Reply | undefined {
  return replies.findLast((reply) => reply.state === 'submitted') ?? replies.at(-1)
}

/** The citizen wrote after our last answer. */
function citizenWaits(state: ReportState, reply: Reply | undefined): boolean {
  return state.citizenRepliedAt !== null && state.citizenRepliedAt > (reply?.submittedAt ?? 0)
}

function updatedAt(report: Report, state: ReportState): number {
  return Math.max(report.requestedAt, state.updatedAt)
}

const COLUMNS = `rid, id, number, subject, service_code, service_name, district, channel, state, class, priority, anonymous,
  confidential, reporter_name, assignee_id, unit, attachment_count, state_body, clock_status, clock_due_at, clock_on,
  reply_state, reply_author_id, proposal, citizen_replied, pending, open, requested_at, updated_at,
  due_key, state_rank`

const UPSERT = `INSERT INTO report_current (${COLUMNS}) VALUES (${COLUMNS.split(',').fill('?').join(', ')})
ON CONFLICT (rid) DO UPDATE SET ${COLUMNS.split(',')
  .map((column) => column.trim())
  .filter((column) => column !== 'rid')
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')}`
