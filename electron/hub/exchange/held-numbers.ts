import type { Lease } from '@shared/domain/letter.ts'
import type { ExchangeRequest, HeldNumbers } from '@shared/sync/exchange.ts'
import type { Device } from '../auth/devices.ts'
import type { Hub, Work } from '../context.ts'
import { addLease, LONGEST_LEASE } from '../workflow/leases.ts'
import { moveOn, takeNumbers } from '../workflow/registers.ts'

/** The first protocol whose desks can tell what they hold. */
const TELLS_SINCE = 2
/** A register is moved on by no more than this at once: a broken PC must not use it up. */
const LONGEST_STEP = 10_000

/**
 * Hears what a PC holds of the registers, once after each restore and before any of its acts is judged (LETT-01). False
 * while it has not told: its acts have to wait for the next exchange.
 */
export async function hearNumbers(
  hub: Hub,
  device: Device,
  { protocol, numbers }: Pick<ExchangeRequest, 'protocol' | 'numbers'>,
): Promise<boolean> {
  if (device.toldEpoch === hub.epoch || protocol < TELLS_SINCE) return true
  if (!numbers) return false
  const refused = await hub.work(async (work) => {
    // Locks the device: the same request may be here twice.
    const [row] = await work.q<{ told_epoch: number | null }>(
      'select told_epoch from devices where id = $1 for update',
      [device.id],
    )
    if (row!.told_epoch === hub.epoch) return 0
    const count = await takeOver(work, device, numbers)
    await work.q('update devices set told_epoch = $2 where id = $1', [device.id, hub.epoch])
    return count
  })
  hub.log({ event: 'numbers_told', device: device.id, leases: numbers.leases.length, refused })
  return true
}

/** Notes that a PC has nothing more to offer again of what it did before the restore. */
export async function noteOffered(hub: Hub, device: Device): Promise<void> {
  if (device.offeredEpoch === hub.epoch) return
  await hub.work(async (work) => {
    await work.q('update devices set offered_epoch = $2 where id = $1', [device.id, hub.epoch])
    // Those whose acts waited for this PC's ask again.
    work.touched.add(device.agencyId)
  })
}

/** Puts back the leases the backup lacks and moves the registers on. Answers how many leases were refused. */
async function takeOver(work: Work, device: Device, { leases, highest }: HeldNumbers): Promise<number> {
  const { agencyId } = device
  let refused = 0
  const tops = [...highest]
  for (const lease of leases) {
    if (await takeBack(work, device, lease)) tops.push({ ...lease, n: lease.to })
    else refused++
  }
  for (const { registerId, year, n } of tops.sort((a, b) => a.n - b.n)) {
    const register = { agencyId, registerId, year }
    const next = await takeNumbers(work, register, 0)
    if (n < next + LONGEST_STEP) await moveOn(work, register, n + 1)
  }
  return refused
}

/** Whether the lease stands: it is known, or nobody else holds any of its numbers. */
async function takeBack(work: Work, device: Device, lease: Lease): Promise<boolean> {
  if (lease.to < lease.from || lease.to - lease.from >= LONGEST_LEASE) return false
  const ours = 'select 1 from devices where id = $1 and agency_id = $2'
  if ((await work.q(ours, [lease.deviceId, device.agencyId])).length === 0) return false
  const others = await work.q<{ id: string }>(
    `select id from leases where id = $1 or (agency_id = $2 and register_id = $3 and year = $4
       and from_n <= $6 and to_n >= $5)`,
    [lease.id, device.agencyId, lease.registerId, lease.year, lease.from, lease.to],
  )
  if (others.length > 0) return others.length === 1 && others[0]!.id === lease.id
  await addLease(work, device.agencyId, lease)
  return true
}
