import { AppError, LINK_FAILURES } from '@shared/ipc/errors.ts'
import type { SessionResponse } from '@shared/sync/exchange.ts'
import type { Host } from '../host.ts'
import type { HubClient } from '../hub-client/port.ts'
import { putSlot, readSlots, type DeviceSecrets } from './device-store.ts'
import { HUB_SLOT, openWithHub, openWithPassword, sealForPassword, type SlotCost } from './key-slots.ts'

/** What a right password gives: the database key and, when the hub was asked, the person's session there. */
export interface Opened {
  key: Uint8Array
  session: SessionResponse | null
}

/** Everything a sign-in reads and writes. */
export interface SignInContext {
  host: Host
  client: HubClient
  secrets: DeviceSecrets
  cost: SlotCost
}

/**
 * Opens the desk for a person. With a slot of theirs it needs no link; the first time, or after a new password, the hub
 * vouches for them and their slot is made or renewed. Throws AppError wrong_password, password_unknown_here (no slot
 * and no link), or the hub's refusal.
 */
export async function openFor(ctx: SignInContext, personId: string, password: string): Promise<Opened> {
  const slot = readSlots(ctx.host.dataDir).find((other) => other.owner === personId)
  if (slot) {
    const key = await openWithPassword(slot, password, ctx.secrets.deviceSecret)
    if (key) return { key, session: null }
  }
  try {
    return await openByHub(ctx, personId, password)
  } catch (error) {
    if (!(error instanceof AppError) || !UNANSWERED.has(error.code)) throw error
    throw new AppError(slot ? 'wrong_password' : 'password_unknown_here', error.message)
  }
}

const UNANSWERED: ReadonlySet<string> = new Set([...LINK_FAILURES, 'hub_error'])

async function openByHub(ctx: SignInContext, personId: string, password: string): Promise<Opened> {
  const { host, secrets, cost } = ctx
  const session = await ctx.client.signIn(personId, password)
  const hubSlot = readSlots(host.dataDir).find((slot) => slot.owner === HUB_SLOT)
  const key = hubSlot ? openWithHub(hubSlot, session.unlockSecret, secrets.deviceSecret) : null
  if (!key) throw new AppError('wrong_key', 'the hub no longer opens this database')
  putSlot(host.dataDir, await sealForPassword(host, key, personId, password, secrets.deviceSecret, cost))
  return { key, session }
}
