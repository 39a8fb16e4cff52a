import type { Receipt, ReceiptReason } from '@shared/sync/exchange.ts'
import type { Mutation } from '@shared/sync/mutations.ts'
import type { Device } from '../auth/devices.ts'
import { sha256 } from '../auth/tokens.ts'
import type { Work } from '../context.ts'
import type { Sql } from '../db/engine.ts'

interface Stored {
  payload_hash: string
  outcome: 'applied' | 'rejected' | 'conflict'
  version: number | null
  reason: ReceiptReason | null
  fields: Record<string, unknown> | null
}

const plain = (mutationId: string, outcome: Receipt['outcome']): Receipt => ({
  mutationId,
  outcome,
  version: null,
  reason: null,
  fields: null,
})

/** A receipt for a mutation without effect. */
export const refusal = (
  mutationId: string,
  outcome: 'rejected' | 'conflict',
  reason: ReceiptReason,
  fields: Receipt['fields'] = null,
): Receipt => ({ ...plain(mutationId, outcome), reason, fields })

/** Hash of everything a mutation says, whatever the order of its keys. */
export const mutationHash = (m: Mutation): string => sha256(JSON.stringify(sorted(m)))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  )
}

/** What was answered to this id before: the same outcome for the same mutation, `id_reused` for another (SYNC-02). */
export async function earlierReceipt(sql: Sql, agencyId: string, m: Mutation): Promise<Receipt | null> {
  const [row] = await sql.q<Stored>(
    'select payload_hash, outcome, version, reason, fields from mutations where agency_id = $1 and id = $2',
    [agencyId, m.id],
  )
  if (!row) return null
  if (row.payload_hash !== mutationHash(m)) return refusal(m.id, 'rejected', 'id_reused')
  if (row.outcome === 'applied') return { ...plain(m.id, 'duplicate'), version: row.version }
  return refusal(m.id, row.outcome, row.reason ?? 'bad_mutation', row.fields)
}

/** Claims the id inside the transaction of the effect; false when another request got there first. */
export async function claim(work: Work, device: Device, m: Mutation): Promise<boolean> {
  const rows = await work.q(
    `insert into mutations (agency_id, id, device_id, person_id, kind, payload_hash, outcome, at)
     values ($1, $2, $3, $4, $5, $6, 'applied', $7) on conflict do nothing returning 1 as won`,
    [device.agencyId, m.id, device.id, m.personId, m.kind, mutationHash(m), work.now],
  )
  return rows.length > 0
}

/** Completes the receipt row and answers it. */
export async function settle(work: Work, agencyId: string, receipt: Receipt): Promise<Receipt> {
  const { mutationId, outcome, version, reason, fields } = receipt
  await work.q(
    'update mutations set outcome = $3, version = $4, reason = $5, fields = $6::jsonb where agency_id = $1 and id = $2',
    [agencyId, mutationId, outcome, version, reason, fields && JSON.stringify(fields)],
  )
  return receipt
}

/** The receipt of an effect. */
export const applied = (mutationId: string, version: number): Receipt => ({
  ...plain(mutationId, 'applied'),
  version,
})
