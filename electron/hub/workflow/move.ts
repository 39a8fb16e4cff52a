import type { Disposition, Entry, ReportState } from '@shared/domain/report.ts'
import type { Reply } from '@shared/domain/reply.ts'
import type { FeedKind } from '@shared/sync/feed.ts'
import type { Work } from '../context.ts'
import { lockFeeds, putItem, removeReport } from '../feed/put.ts'
import { addEntry } from '../store/entries.ts'
import { lockReport, memberIds, saveState, type Held } from '../store/reports.ts'
import { voidReplies } from '../store/replies.ts'
import { closePauses, moveState } from './change-state.ts'
import { reject } from './scope.ts'

/** Id of the regency operator's agency. */
export async function operatorAgency(work: Pick<Work, 'q'>): Promise<string> {
  const [row] = await work.q<{ id: string }>('select id from agencies where operator')
  if (!row) throw new Error('no operator agency')
  return row.id
}

/** Throws Refused `unknown_agency` unless reports can go there. */
export async function activeAgency(work: Work, agencyId: string): Promise<void> {
  const rows = await work.q('select 1 from agencies where id = $1 and active', [agencyId])
  if (rows.length === 0) throw reject('unknown_agency')
}

interface Child {
  kind: FeedKind
  id: string
  version: number
  body: Entry | Disposition | Reply
  agency_id: string
  open: boolean
}

const CHILDREN = `
select 'entry' as kind, id, version, body, agency_id, kind in ('citizen', 'official') as open from entries where report_id = $1
union all select 'disposition', id, version, body, agency_id, false from dispositions where report_id = $1
union all select 'reply', id, version, body, agency_id, state = 'published' from replies where report_id = $1
order by id`

/**
 * Hands a report to another agency: it starts there as received, with what is public and what that agency itself once
 * wrote; the old agency keeps a tombstone and its audit rows (SYNC-06).
 */
export async function moveReport(
  work: Work,
  held: Held,
  target: string,
  why: { reason: string; by: string | null },
): Promise<void> {
  const { report } = held
  const from = report.body.agencyId
  const { id } = report.body
  await voidReplies(work, held, 'moved')
  await freeMembers(work, id)
  await lockFeeds(work, [from, target])
  const children = await work.q<Child>(CHILDREN, [id])
  report.version++
  const childIds = children.map((c) => c.id)
  await removeReport(
    work,
    { agencyId: from, id, version: report.version, childIds },
    { reason: 'reassigned', movedTo: target },
  )
  report.body.agencyId = target
  await work.q('update reports set version = $2, body = $3::jsonb where id = $1', [
    id,
    report.version,
    JSON.stringify(report.body),
  ])
  await putItem(work, {
    agencyId: target,
    kind: 'report',
    id,
    version: report.version,
    body: report.body,
    reports: 1,
  })
  await saveState(work, held, freshStart(held, work.now), why.by)
  for (const c of children) {
    if (c.open || c.agency_id === target)
      await putItem(work, {
        agencyId: target,
        kind: c.kind,
        id: c.id,
        version: c.version,
        body: c.body as never,
      })
  }
  await addEntry(work, {
    reportId: id,
    agencyId: target,
    kind: 'system',
    action: 'moved_in',
    text: why.reason,
    data: { from, to: target },
  })
}

/** A lead that leaves frees its members: they stay with the old agency and would otherwise wait for another office's answer. */
async function freeMembers(work: Work, leadId: string): Promise<void> {
  for (const id of await memberIds(work, leadId)) {
    const member = await lockReport(work, id)
    if (!member) continue
    await moveState(
      work,
      member,
      'verified',
      { groupLeadId: null, verifiedAt: member.state.body.verifiedAt ?? work.now },
      null,
    )
    const { agencyId } = member.report.body
    await addEntry(work, { reportId: id, agencyId, kind: 'system', action: 'ungroup', data: { leadId } })
  }
}

const freshStart = ({ state }: Held, now: number): Partial<ReportState> => ({
  state: 'received',
  assigneeId: null,
  unit: null,
  clockStartedAt: now,
  verifiedAt: null,
  responseMetAt: null,
  settlementMetAt: null,
  pauses: closePauses(state.body.pauses, now),
  reviewOn: null,
  stateReason: null,
  proposal: null,
  groupLeadId: null,
})
