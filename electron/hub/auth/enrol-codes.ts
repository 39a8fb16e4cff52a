import type { HubErrorCode } from '@shared/sync/exchange.ts'
import type { Hub, Work } from '../context.ts'
import { HubFault } from '../http/fault.ts'
import { newEnrolCode, normaliseCode, sha256 } from './tokens.ts'

/** An office may be reached by a courier only every few days. */
const CODE_MS = 72 * 3_600_000

/** Makes a one-time code that enrols one PC of an agency; only its hash is kept. Throws HubFault `not_found`. */
export async function makeEnrolCode(
  hub: Hub,
  agencyId: string,
  by: string,
): Promise<{ code: string; expiresAt: number }> {
  const code = newEnrolCode(hub.random)
  return hub.work(async (work) => {
    const rows = await work.q('select 1 from agencies where id = $1', [agencyId])
    if (rows.length === 0) throw new HubFault('not_found')
    const expiresAt = work.now + CODE_MS
    await work.q('insert into enrol_codes values ($1, $2, $3, $4, null, $5)', [
      sha256(normaliseCode(code)),
      agencyId,
      work.now,
      expiresAt,
      by,
    ])
    return { code, expiresAt }
  })
}

/** Uses up a code and answers its agency. Throws HubFault `code_unknown`, `code_used` or `code_expired`. */
export async function spendEnrolCode(work: Work, code: string): Promise<string> {
  const hash = sha256(normaliseCode(code))
  const [won] = await work.q<{ agency_id: string }>(
    'update enrol_codes set used_at = $2 where code_hash = $1 and used_at is null and expires_at > $2 returning agency_id',
    [hash, work.now],
  )
  if (won) return won.agency_id
  const [row] = await work.q<{ used_at: number | null }>(
    'select used_at from enrol_codes where code_hash = $1',
    [hash],
  )
  const why: HubErrorCode = !row ? 'code_unknown' : row.used_at !== null ? 'code_used' : 'code_expired'
  throw new HubFault(why)
}
