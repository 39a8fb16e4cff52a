import { Person } from '@shared/domain/person.ts'
import type { Hub, Work } from '../context.ts'
import type { Sql } from '../db/engine.ts'
import type { Device } from './devices.ts'
import { newToken, sha256 } from './tokens.ts'

/** A session lasts long because a desk may be offline for weeks; the device and the person can be stopped at once. */
export const SESSION_MS = 30 * 86_400_000

/** The active person of this device's agency whose unexpired session this is, or null. */
export async function personOf(
  sql: Sql,
  device: Pick<Device, 'id' | 'agencyId'>,
  personId: string,
  token: string | undefined,
  now: number,
): Promise<Person | null> {
  if (!token) return null
  const [row] = await sql.q<{ body: Person }>(
    `select p.body from sessions s join people p on p.id = s.person_id
     where s.token_hash = $1 and s.device_id = $2 and p.id::text = $3 and p.agency_id = $4 and s.expires_at > $5
       and (p.body->>'active')::boolean`,
    [sha256(token), device.id, personId.toLowerCase(), device.agencyId, now],
  )
  return row ? Person.parse(row.body) : null
}

/** Starts a session and forgets the person's expired ones on this device. */
export async function startSession(hub: Hub, work: Work, deviceId: string, personId: string) {
  const token = newToken(hub.random)
  const expiresAt = work.now + SESSION_MS
  await work.q('delete from sessions where expires_at <= $1 and person_id = $2 and device_id = $3', [
    work.now,
    personId,
    deviceId,
  ])
  await work.q('insert into sessions values ($1, $2, $3, $4, $5)', [
    sha256(token),
    personId,
    deviceId,
    work.now,
    expiresAt,
  ])
  return { token, expiresAt }
}
