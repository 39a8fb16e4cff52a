import type { FeedBody, FeedKind } from '@shared/sync/feed.ts'
import type { Work } from '../context.ts'

/** An item for one agency's feed. `reports` says how many live reports the agency gains (+1) or loses by it. */
export interface Item<K extends FeedKind> {
  agencyId: string
  kind: K
  id: string
  version: number
  body: FeedBody<K>
  reports?: number
}

// The counter row stays locked until the commit, so seq order is commit order and no reader can skip a change.
const PUT = `
with h as (update agency_feed set head = head + 1, report_count = report_count + $6 where agency_id = $1 returning head)
insert into agency_item (agency_id, kind, entity_id, seq, version, body, removed, removed_at)
select $1, $2, $3, h.head, $4, $5, $7, $8 from h
on conflict (agency_id, kind, entity_id) do update set seq = excluded.seq, version = excluded.version,
  body = excluded.body, removed = excluded.removed, removed_at = excluded.removed_at`

/**
 * Makes this the agency's current row of one entity, at the head of its feed. The wire text is kept with the item, so a
 * page is one range scan in one snapshot and nothing is serialised twice.
 */
export async function putItem<K extends FeedKind>(work: Work, item: Item<K>): Promise<void> {
  const { agencyId, kind, id, version, body, reports = 0 } = item
  await work.q(PUT, [agencyId, kind, id, version, JSON.stringify(body), reports, null, null])
  work.touched.add(agencyId)
}

/** Takes a report out of an agency's feed: a tombstone for it, and nothing more of what hung on it (SYNC-06). */
export async function removeReport(
  work: Work,
  report: { agencyId: string; id: string; version: number; childIds: readonly string[] },
  removed: { reason: 'reassigned' | 'deleted'; movedTo: string | null },
): Promise<void> {
  const { agencyId, id, version, childIds } = report
  // A desk that saw the children drops them with the report; one that did not must never meet them.
  await work.q(
    `delete from agency_item where agency_id = $1 and ((kind = 'report_state' and entity_id = $2)
     or (kind in ('entry', 'disposition', 'reply') and entity_id = any($3)))`,
    [agencyId, id, childIds],
  )
  await work.q(PUT, [agencyId, 'report', id, version, null, -1, JSON.stringify(removed), work.now])
  work.touched.add(agencyId)
}

/** Locks several feeds in one order, so that two moves crossing each other cannot deadlock. */
export async function lockFeeds(work: Work, agencyIds: readonly string[]): Promise<void> {
  await work.q('select 1 from agency_feed where agency_id = any($1) order by agency_id for update', [
    agencyIds,
  ])
}
