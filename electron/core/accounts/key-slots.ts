import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { z } from 'zod'
import type { Host } from '../host.ts'

/** Cost of guessing a password from a stolen disk. `memoryKib` in KiB. */
export interface SlotCost {
  memoryKib: number
  passes: number
}

/** 64 MiB and 3 passes: about half a second on an office PC, and costly in bulk. */
export const SLOT_COST: SlotCost = { memoryKib: 64 * 1024, passes: 3 }

const base64 = z.base64()

/** The database key, sealed for one person or (`hub`) for whoever the hub vouches for. */
export const KeySlot = z.object({
  owner: z.string(),
  salt: base64,
  memoryKib: z.int().positive(),
  passes: z.int().positive(),
  sealed: base64,
})
export type KeySlot = z.infer<typeof KeySlot>

/** Owner of the slot that the hub's unlock secret opens. */
export const HUB_SLOT = 'hub'

type Randomness = Pick<Host, 'random'>

/** Seals the database key for a person's password, bound to this PC by its device secret. */
export async function sealForPassword(
  host: Randomness,
  key: Uint8Array,
  owner: string,
  password: string,
  deviceSecret: Uint8Array,
  cost: SlotCost,
): Promise<KeySlot> {
  const salt = host.random(16)
  const kek = await passwordKek(password, salt, deviceSecret, cost)
  return { owner, salt: encode(salt), ...cost, sealed: encode(seal(host, key, kek, owner)) }
}

/** Opens a person's slot; null for a wrong password. */
export async function openWithPassword(
  slot: KeySlot,
  password: string,
  deviceSecret: Uint8Array,
): Promise<Uint8Array | null> {
  return unseal(
    decode(slot.sealed),
    await passwordKek(password, decode(slot.salt), deviceSecret, slot),
    slot.owner,
  )
}

/** Seals the database key for the secret that the hub gives only with an accepted password. */
export function sealForHub(
  host: Randomness,
  key: Uint8Array,
  unlockSecret: string,
  deviceSecret: Uint8Array,
): KeySlot {
  const salt = host.random(16)
  const sealed = seal(host, key, derive(decode(unlockSecret), deviceSecret, salt), HUB_SLOT)
  return { owner: HUB_SLOT, salt: encode(salt), memoryKib: 1, passes: 1, sealed: encode(sealed) }
}

/** Opens the hub's slot; null when the secret is another one. */
export function openWithHub(
  slot: KeySlot,
  unlockSecret: string,
  deviceSecret: Uint8Array,
): Uint8Array | null {
  return unseal(decode(slot.sealed), derive(decode(unlockSecret), deviceSecret, decode(slot.salt)), HUB_SLOT)
}

async function passwordKek(password: string, salt: Uint8Array, deviceSecret: Uint8Array, cost: SlotCost) {
  const stretched = await hashRaw(password.normalize('NFC'), {
    salt,
    memoryCost: cost.memoryKib,
    timeCost: cost.passes,
    parallelism: 1,
    outputLen: 32,
    algorithm: 2, // Argon2id
  })
  return derive(stretched, deviceSecret, salt)
}

function derive(secret: Uint8Array, deviceSecret: Uint8Array, salt: Uint8Array): Uint8Array {
  return new Uint8Array(
    hkdfSync('sha256', Buffer.concat([secret, deviceSecret]), salt, 'meja-lapor/key-slot/1', 32),
  )
}

function seal(host: Randomness, key: Uint8Array, kek: Uint8Array, owner: string): Uint8Array {
  const nonce = host.random(12)
  const cipher = createCipheriv('aes-256-gcm', kek, nonce).setAAD(Buffer.from(owner))
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()])
}

function unseal(sealed: Uint8Array, kek: Uint8Array, owner: string): Uint8Array | null {
  const decipher = createDecipheriv('aes-256-gcm', kek, sealed.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(owner)).setAuthTag(sealed.subarray(-16))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
  } catch {
    return null
  }
}

const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const decode = (text: string): Uint8Array => Buffer.from(text, 'base64')
