import type { FastifyRequest } from 'fastify'
import type { Hub } from '../context.ts'
import { HubFault } from '../http/fault.ts'
import { bearer, sha256 } from './tokens.ts'

/** An enrolled PC of one agency. */
export interface Device {
  id: string
  agencyId: string
  code: string
  unlockSecret: string
  /** Epoch of the hub as of which it has told what it holds of the registers. */
  toldEpoch: number | null
  /** Epoch as of which it has offered its acts again. */
  offeredEpoch: number | null
}

/** The device a request speaks for. Throws HubFault `device_unknown` or `device_revoked`. */
export async function deviceOf(hub: Hub, request: FastifyRequest): Promise<Device> {
  const token = bearer(request.headers.authorization)
  if (!token) throw new HubFault('device_unknown')
  const [row] = await hub.db.q<Device & { revoked: boolean }>(
    `update devices set last_seen_at = greatest(last_seen_at, $2) where token_hash = $1
     returning id, agency_id as "agencyId", code, unlock_secret as "unlockSecret",
       told_epoch as "toldEpoch", offered_epoch as "offeredEpoch", revoked_at is not null as revoked`,
    [sha256(token), hub.clock()],
  )
  if (!row) throw new HubFault('device_unknown')
  if (row.revoked) throw new HubFault('device_revoked')
  return row
}
