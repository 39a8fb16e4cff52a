import type { Hub } from '../context.ts'

/** Tombstones are kept this long even when every desk has met them. */
const KEEP_MS = 90 * 86_400_000

/**
 * Drops old tombstones that every active device of the agency has passed, and raises the floor below which an older
 * cursor must resync. Answers how many were dropped.
 */
export async function compactFeeds(hub: Hub): Promise<number> {
  const agencies = await hub.db.q<{ agency_id: string }>(
    'select agency_id from agency_feed order by agency_id',
  )
  let dropped = 0
  for (const { agency_id: id } of agencies) {
    dropped += await hub.work(async ({ q, now }) => {
      // Locks the feed: no page is cut between the purge and the new floor.
      await q('select 1 from agency_feed where agency_id = $1 for update', [id])
      const gone = await q<{ seq: number }>(
        `delete from agency_item where agency_id = $1 and removed is not null and removed_at < $2 and seq <= (
           select coalesce(min(acked_seq), 0) from devices where agency_id = $1 and revoked_at is null) returning seq`,
        [id, now - KEEP_MS],
      )
      const floor = Math.max(0, ...gone.map((g) => g.seq))
      await q('update agency_feed set floor = greatest(floor, $2) where agency_id = $1', [id, floor])
      return gone.length
    })
  }
  return dropped
}
