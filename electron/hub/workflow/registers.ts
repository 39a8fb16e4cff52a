import type { NumberGap } from '@shared/domain/letter.ts'
import type { Device } from '../auth/devices.ts'
import type { Sql } from '../db/engine.ts'
import type { Work } from '../context.ts'
import { putItem } from '../feed/put.ts'

/** A register of one agency in one year. */
export interface RegisterYear {
  agencyId: string
  registerId: string
  year: number
}

/**
 * Numbers left free above what a restored hub remembers, while a PC of the office has not told what it holds: a PC asks
 * for 20 at a time and at most once an hour, so this is more than an office uses up between two backups.
 */
export const SAFE_JUMP = 500
/** Longest that acts wait for what other PCs of the office offer again after a restore. */
const PATIENCE_MS = 72 * 3_600_000

const EPOCH = `(select cast(value as int) from meta where key = 'epoch')`

/** When the hub last came back from a backup (hub ms), or null. */
async function restoredAt(sql: Sql): Promise<number | null> {
  const [row] = await sql.q<{ value: string }>(`select value from meta where key = 'restored_at'`)
  return row ? Number(row.value) : null
}

/** Takes the next `size` numbers; answers the first. The counter's row stays locked until the commit. */
export async function takeNumbers(work: Work, register: RegisterYear, size: number): Promise<number> {
  const [row] = await work.q<{ next_n: number }>(
    `insert into register_counters as c (agency_id, register_id, year, next_n) values ($1, $2, $3, $4 + 1)
     on conflict (agency_id, register_id, year) do update set next_n = c.next_n + $4 returning next_n`,
    [register.agencyId, register.registerId, register.year, size],
  )
  return row!.next_n - size
}

/**
 * Moves a register on to number `next` (never back). What nobody holds of the numbers in between is put into the feed
 * as lost by the restore, so that the register explains it (LETT-01).
 */
export async function moveOn(work: Work, register: RegisterYear, next: number): Promise<void> {
  // Locks the counter's row, and makes it if this register is new.
  const from = await takeNumbers(work, register, 0)
  if (next <= from) return
  await takeNumbers(work, register, next - from)
  const { agencyId, registerId, year } = register
  const leased = await work.q<{ from_n: number; to_n: number }>(
    `select from_n, to_n from leases where agency_id = $1 and register_id = $2 and year = $3 and to_n >= $4
     order by from_n`,
    [agencyId, registerId, year, from],
  )
  let free = from
  for (const lease of leased) if (lease.from_n <= free) free = Math.max(free, lease.to_n + 1)
  if (free >= next) return
  const id = work.newId()
  const body: NumberGap = { id, registerId, year, from: free, to: next - 1, why: 'restored', at: work.now }
  await putItem(work, { agencyId, kind: 'number_gap', id, version: 1, body })
}

/** Before a lease: leaves room for what PCs that have not spoken since the restore may hold, once per restore and register. */
export async function leaveRoom(work: Work, register: RegisterYear): Promise<void> {
  const restored = await restoredAt(work)
  // Registers of later years were opened after the restore.
  if (restored === null || register.year > new Date(restored).getUTCFullYear()) return
  if (!(await isAnyoneSilent(work, register.agencyId, 'told_epoch', null))) return
  const next = await takeNumbers(work, register, 0)
  const { agencyId, registerId, year } = register
  const [first] = await work.q(
    `update register_counters set jumped_epoch = ${EPOCH} where agency_id = $1 and register_id = $2 and year = $3
       and (jumped_epoch is null or jumped_epoch <> ${EPOCH}) returning 1 as moved`,
    [agencyId, registerId, year],
  )
  if (first) await moveOn(work, register, next + SAFE_JUMP)
}

/** Whether a refusal may still be cured by what another PC of the office offers again after the restore. */
export async function mayBeCured(
  sql: Sql,
  device: Pick<Device, 'id' | 'agencyId'>,
  now: number,
): Promise<boolean> {
  const restored = await restoredAt(sql)
  if (restored === null || now - restored > PATIENCE_MS) return false
  return isAnyoneSilent(sql, device.agencyId, 'offered_epoch', device.id)
}

/** Whether a PC of the agency, other than `except`, has not spoken since the restore. */
async function isAnyoneSilent(
  sql: Sql,
  agencyId: string,
  column: 'told_epoch' | 'offered_epoch',
  except: string | null,
): Promise<boolean> {
  const silent = await sql.q<{ id: string }>(
    `select id from devices where agency_id = $1 and revoked_at is null
       and (${column} is null or ${column} <> ${EPOCH}) limit 2`,
    [agencyId],
  )
  return silent.some(({ id }) => id !== except)
}
