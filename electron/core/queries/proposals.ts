import type { Output } from '@shared/ipc/contract.ts'
import type { Desk } from '../desk.ts'
import { mirroredRow } from '../mirror/rows.ts'
import { reportSummaries } from './report-summaries.ts'

interface Row {
  rid: number
  reason: string
  proposedKind: 'referral' | 'archive'
  agencyId: string | null
}

const SQL = `SELECT rid, state_body ->> '$.proposal.reason' AS reason, proposal AS proposedKind,
  state_body ->> '$.proposal.agencyId' AS agencyId
  FROM report_current WHERE proposal IS NOT NULL ORDER BY due_key, rid LIMIT 500`

/** Referrals and archivings that a supervisor has to decide, the most urgent report first. */
export function listProposals(desk: Desk): Output<'reports.proposals'> {
  const rows = desk.db.all<Row>(SQL)
  const summaries = reportSummaries(
    desk,
    rows.map((row) => row.rid),
    null,
  )
  return summaries.map((summary, i) => {
    const { reason, proposedKind, agencyId } = rows[i]!
    const target = agencyId === null ? null : mirroredRow(desk.db, 'agency', agencyId)
    return { ...summary, reason, proposedKind, targetName: target?.body.name ?? agencyId }
  })
}
