import type { Lease } from '@shared/domain/letter.ts'
import type { Work } from '../context.ts'
import { putItem } from '../feed/put.ts'
import { leaveRoom, takeNumbers } from './registers.ts'
import { reject, type Handlers } from './scope.ts'

/** How long an unused lease is this PC's alone; the register's gap report names what is left of it. */
const LEASE_MS = 90 * 86_400_000
/** Most numbers in one lease; `register.lease` allows no more. */
export const LONGEST_LEASE = 50

/**
 * Hands out numbers of a register and year to one PC, so that it can number letters offline (LETT-01). A lease has its
 * request's id: one that a PC told a restored hub of is not lent a second time when the request is offered again.
 */
export const leases: Handlers<'register.lease'> = {
  'register.lease': async ({ work, device }, m) => {
    const { registerId, year, size } = m.payload
    const { agencyId, id: deviceId } = device
    const [known] = await work.q<{ device_id: string }>('select device_id from leases where id = $1', [m.id])
    if (known && known.device_id !== deviceId) throw reject('id_reused')
    if (known) return 1
    const register = { agencyId, registerId, year }
    await leaveRoom(work, register)
    const from = await takeNumbers(work, register, size)
    const span = { from, to: from + size - 1, expiresAt: work.now + LEASE_MS }
    await addLease(work, agencyId, { id: m.id, registerId, year, deviceId, ...span })
    return 1
  },
}

/** Makes a lease the agency's, and everyone's there to see. */
export async function addLease(work: Work, agencyId: string, lease: Lease): Promise<void> {
  const body = JSON.stringify(lease)
  await work.q('insert into leases (id, agency_id, version, body) values ($1, $2, 1, $3::jsonb)', [
    lease.id,
    agencyId,
    body,
  ])
  await putItem(work, { agencyId, kind: 'lease', id: lease.id, version: 1, body: lease })
}
