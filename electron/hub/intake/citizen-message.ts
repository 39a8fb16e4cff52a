import type { AttachmentRef, Entry } from '@shared/domain/report.ts'
import { findTransition, nextState } from '@shared/domain/workflow.ts'
import type { Work } from '../context.ts'
import { referAttachments } from '../store/attachments.ts'
import { addEntry } from '../store/entries.ts'
import { voidReplies } from '../store/replies.ts'
import { lockReport, saveReport } from '../store/reports.ts'
import { moveState } from '../workflow/change-state.ts'

/** A citizen's addition to a report. */
export interface CitizenMessage {
  reportId: string
  text: string
  /** The client's extended status in lower case: kept for people to read, it moves nothing by itself. */
  status: string | null
  clientRef: string
  attachments: AttachmentRef[]
}

/** Most files one report carries; more are refused at the door, never dropped here. */
export const MAX_FILES = 20

/**
 * Adds a citizen's message: a new version of the report, so answers waiting for approval are voided; a report that
 * waited for the citizen runs again. Answers the line's id (the earlier one for a resend), null for no such report.
 */
export async function citizenMessage(work: Work, message: CitizenMessage): Promise<string | null> {
  const held = await lockReport(work, message.reportId)
  if (!held) return null
  const { id, agencyId } = held.report.body
  const [known] = await work.q<{ id: string }>(
    'select id from entries where report_id = $1 and client_ref = $2',
    [id, message.clientRef],
  )
  if (known) return known.id
  held.report.body.attachments = [...held.report.body.attachments, ...message.attachments].slice(0, MAX_FILES)
  await saveReport(work, held)
  await referAttachments(
    work,
    id,
    message.attachments.map((a) => a.sha256),
  )
  await voidReplies(work, held, 'citizen_message')
  const { state } = held.state.body
  const next = findTransition('citizen_message', state) ? nextState('citizen_message', state) : state
  await moveState(
    work,
    held,
    next,
    {
      citizenRepliedAt: work.now,
      verifiedAt: held.state.body.verifiedAt ?? (next === 'verified' ? work.now : null),
    },
    null,
  )
  const data: Entry['data'] = message.status ? { status: message.status } : {}
  return addEntry(work, {
    reportId: id,
    agencyId,
    kind: 'citizen',
    action: 'citizen_message',
    text: message.text,
    data,
    clientRef: message.clientRef,
  })
}
