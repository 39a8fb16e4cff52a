import { redactReporter } from '@shared/domain/privacy.ts'
import type { Entry, Report, ReportState } from '@shared/domain/report.ts'
import { refusalOf, TRANSITIONS } from '@shared/domain/workflow.ts'
import type { ReportDetail } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'
import { foldDispositions } from '../mirror/fold.ts'
import { mirroredChildren } from '../mirror/rows.ts'
import type { OverlayAct } from '../outbox/overlay.ts'
import { clockViews } from './clock-views.ts'
import { draftsOf } from './drafts.ts'
import { lettersOfReport } from './letters.ts'
import { outboxOfReport } from './outbox-items.ts'
import { personNames } from './people.ts'
import { replyViews } from './replies.ts'
import { foldedReport } from './reports.ts'

/** Everything about one report. Throws AppError not_found. */
export function reportDetail(desk: Desk, reportId: string): ReportDetail {
  const folded = foldedReport(desk, reportId)
  const { report, state, acts } = folded
  const nameOf = personNames(desk)
  const { verify, response, settlement } = clockViews(desk, state)
  const dispositions = mirroredChildren(desk.db, 'disposition', reportId).map((row) => row.body)
  return {
    report: redactReporter<Report>(report, state),
    state,
    version: folded.version,
    stateVersion: folded.stateVersion,
    verify,
    response,
    settlement,
    entries: timeline(
      mirroredChildren(desk.db, 'entry', reportId).map((row) => row.body),
      acts,
      nameOf,
    ),
    dispositions: foldDispositions(dispositions, acts),
    replies: replyViews(desk, folded),
    drafts: draftsOf(desk, reportId),
    letters: lettersOfReport(desk, reportId),
    group: groupOf(desk, state),
    actions: offers(desk, state),
    assigneeName: nameOf(state.assigneeId),
    outbox: outboxOfReport(desk, reportId),
  }
}

/** Each act a person can do and, where not, why: the one table decides (workflow.ts). */
function offers({ person }: Desk, state: ReportState): ReportDetail['actions'] {
  const actions = new Set(TRANSITIONS.filter((row) => row.roles.length > 0).map((row) => row.action))
  return [...actions].map((action) => {
    const refusal = refusalOf(action, state.state, person.roles, 'given later')
    return { action, refusal: refusal === 'reason_required' ? null : refusal }
  })
}

/** The hub's lines and, after them, our acts that it has not confirmed; those become its lines later. */
function timeline(
  entries: readonly Entry[],
  acts: readonly OverlayAct[],
  nameOf: (id: string | null) => string | null,
): Entry[] {
  const unconfirmed = acts
    .filter((act) => act.effectVersion === null)
    .map((act): Entry => ({
      id: act.id,
      reportId: act.reportId!,
      kind: act.kind === 'report.note' ? 'internal' : 'system',
      action: actionOf(act.kind),
      actorId: act.personId,
      actorName: nameOf(act.personId),
      text: textOf(act),
      data: { pending: true },
      at: act.madeAt,
    }))
  return [...entries.toSorted((a, b) => a.at - b.at), ...unconfirmed]
}

/** The timeline's name of a mutation: `report.verify` → `verify`, `reply.submit` → `submit_reply`. */
function actionOf(kind: string): string {
  const [subject = '', act = ''] = kind.split('.')
  return subject === 'report' ? act : `${act}_${subject}`
}

function textOf({ payload }: OverlayAct): string {
  for (const field of ['text', 'question', 'reason', 'note'] as const) {
    const value = (payload as Record<string, unknown>)[field]
    if (typeof value === 'string' && value !== '') return value
  }
  return ''
}

/** The lead of the duplicate group and its members; empty when the report is in none. */
function groupOf(desk: Pick<Desk, 'db'>, state: ReportState): ReportDetail['group'] {
  return desk.db
    .all<{ id: string; number: string; subject: string; lead: number }>(
      `SELECT id, number, subject, id = ?1 AS lead FROM report_current WHERE id = ?1 AND EXISTS (SELECT 1 FROM report_current
         INDEXED BY current_by_lead WHERE state = 'duplicate' AND state_body ->> '$.groupLeadId' = ?1)
       UNION ALL SELECT id, number, subject, 0 FROM report_current INDEXED BY current_by_lead
         WHERE state = 'duplicate' AND state_body ->> '$.groupLeadId' = ?1`,
      state.groupLeadId ?? state.id,
    )
    .map((row) => ({ ...row, lead: row.lead === 1 }))
}
