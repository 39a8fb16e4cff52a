import { DIGEST_KINDS, scopeDigest, type ScopeDigest } from '@shared/sync/digest.ts'
import type { Sql } from '../db/engine.ts'
import { readCursor } from './cursor.ts'

// One statement is one snapshot: the digest belongs to exactly this head.
const SCOPE = `select f.head, i.kind, i.entity_id as id, i.version from agency_feed f
left join agency_item i on i.agency_id = f.agency_id and i.removed is null and i.kind = any($2)
where f.agency_id = $1`

/** Digest of an agency's reports and states as of `cursor`; null when the feed has grown past it meanwhile. */
export async function readDigest(sql: Sql, agencyId: string, cursor: string): Promise<ScopeDigest | null> {
  const rows = await sql.q<{ head: number; kind: string | null; id: string; version: number }>(SCOPE, [
    agencyId,
    [...DIGEST_KINDS],
  ])
  if (rows[0]?.head !== readCursor(cursor)?.seq) return null
  return scopeDigest(
    rows.filter((row) => row.kind !== null) as { kind: string; id: string; version: number }[],
  )
}
