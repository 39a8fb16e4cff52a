import type { Lease } from '@shared/domain/letter.ts'
import { putItem } from '../feed/put.ts'
import type { Handlers } from './scope.ts'

/** How long an unused lease is this PC's alone; the register's gap report names what is left of it. */
const LEASE_MS = 90 * 86_400_000

/** Hands out numbers of a register and year to one PC, so that it can number letters offline (LETT-01). */
export const leases: Handlers<'register.lease'> = {
  'register.lease': async ({ work, device }, m) => {
    const { registerId, year, size } = m.payload
    const [row] = await work.q<{ next_n: number }>(
      `insert into register_counters as c values ($1, $2, $3, $4 + 1)
       on conflict (agency_id, register_id, year) do update set next_n = c.next_n + $4 returning next_n`,
      [device.agencyId, registerId, year, size],
    )
    const end = row!.next_n
    const body: Lease = {
      id: work.newId(),
      registerId,
      year,
      deviceId: device.id,
      from: end - size,
      to: end - 1,
      expiresAt: work.now + LEASE_MS,
    }
    await work.q('insert into leases (id, agency_id, version, body) values ($1, $2, 1, $3::jsonb)', [
      body.id,
      device.agencyId,
      JSON.stringify(body),
    ])
    await putItem(work, { agencyId: device.agencyId, kind: 'lease', id: body.id, version: 1, body })
    return 1
  },
}
