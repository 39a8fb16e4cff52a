import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AgencyId, Id } from '@shared/domain/ids.ts'
import { Role, type Person } from '@shared/domain/person.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Host } from '../host.ts'
import { readJson, writeDurable } from './durable-file.ts'
import { KeySlot } from './key-slots.ts'

/** A person who may sign in here, as the sign-in screen names them. */
export const KnownPerson = z.object({ id: Id, name: z.string(), position: z.string(), roles: z.array(Role) })
export type KnownPerson = z.infer<typeof KnownPerson>

/** What is readable before anyone signs in. No secrets and nothing about citizens. */
export const DeviceRecord = z.object({
  version: z.literal(1),
  device: z.object({
    id: Id,
    code: z.string(),
    name: z.string(),
    agencyId: AgencyId,
    hubId: Id,
    hubUrl: z.string(),
    practice: z.boolean(),
  }),
  /** The host of this desk runs the (practice) hub itself and starts it with the desk. */
  ownHub: z.boolean(),
  agency: z.object({ id: AgencyId, name: z.string(), shortName: z.string(), operator: z.boolean() }),
  zoneLabel: z.string(),
  utcOffsetMinutes: z.int(),
  people: z.array(KnownPerson),
})
export type DeviceRecord = z.infer<typeof DeviceRecord>

/** What proves this PC to the hub and binds the database to this PC. */
export interface DeviceSecrets {
  deviceToken: string
  deviceSecret: Uint8Array
}

const SecretsFile = z.object({ version: z.literal(1), protected: z.boolean(), data: z.base64() })
const Secrets = z.object({ deviceToken: z.string(), deviceSecret: z.base64() })
const SlotsFile = z.object({ version: z.literal(1), slots: z.array(KeySlot) })

type Store = Pick<Host, 'dataDir' | 'secrets'>

const files = (dataDir: string) => ({
  record: join(dataDir, 'device.json'),
  secrets: join(dataDir, 'device.key'),
  slots: join(dataDir, 'keys.json'),
})

/** Where the desk's database lies. */
export const databasePath = (dataDir: string): string => join(dataDir, 'desk.db')

/** This PC's enrolment, or null on a first run. Throws AppError db_corrupt when the file is damaged. */
export function readDevice(dataDir: string): DeviceRecord | null {
  return readAs(files(dataDir).record, DeviceRecord)
}

/** Keeps the enrolment; it is written last when enrolling, so that a half-done one counts as none. */
export function writeDevice(dataDir: string, record: DeviceRecord): void {
  writeDurable(files(dataDir).record, JSON.stringify(record, null, 2))
}

/** Keeps the secrets under the operating system's protection, or (where there is none) in a file of this user alone. */
export async function writeSecrets({ dataDir, secrets }: Store, value: DeviceSecrets): Promise<void> {
  const deviceSecret = Buffer.from(value.deviceSecret).toString('base64')
  const plain = Buffer.from(JSON.stringify({ deviceToken: value.deviceToken, deviceSecret }))
  const sealed = await secrets.protect(plain)
  const data = Buffer.from(sealed ?? plain).toString('base64')
  writeDurable(files(dataDir).secrets, JSON.stringify({ version: 1, protected: sealed !== null, data }))
}

/** The secrets. Throws AppError wrong_key when the operating system no longer opens them (another user or PC). */
export async function readSecrets({ dataDir, secrets }: Store): Promise<DeviceSecrets> {
  const file = readAs(files(dataDir).secrets, SecretsFile)
  if (!file) throw new AppError('wrong_key', 'the device key is missing')
  const bytes = Buffer.from(file.data, 'base64')
  const plain = file.protected ? await secrets.reveal(bytes) : bytes
  if (!plain) throw new AppError('wrong_key', 'the secret store does not open the device key')
  const value = Secrets.parse(JSON.parse(Buffer.from(plain).toString('utf8')))
  return { deviceToken: value.deviceToken, deviceSecret: Buffer.from(value.deviceSecret, 'base64') }
}

/** The sealed copies of the database key. */
export function readSlots(dataDir: string): KeySlot[] {
  return readAs(files(dataDir).slots, SlotsFile)?.slots ?? []
}

/** Adds or replaces the slot of its owner. */
export function putSlot(dataDir: string, slot: KeySlot): void {
  const others = readSlots(dataDir).filter((other) => other.owner !== slot.owner)
  writeDurable(files(dataDir).slots, JSON.stringify({ version: 1, slots: [...others, slot] }))
}

/** Forgets how a person opens the database; they need the hub again. */
export function dropSlot(dataDir: string, owner: string): void {
  const slots = readSlots(dataDir).filter((slot) => slot.owner !== owner)
  writeDurable(files(dataDir).slots, JSON.stringify({ version: 1, slots }))
}

/** A person as the sign-in screen needs them. */
export const knownPerson = ({ id, name, position, roles }: Person): KnownPerson => ({
  id,
  name,
  position,
  roles,
})

/** Removes what an enrolment that did not come to its end has written. */
export function dropUnfinished(dataDir: string): void {
  for (const file of Object.values(files(dataDir))) rmSync(file, { force: true })
}

function readAs<T extends z.ZodType>(path: string, schema: T): z.output<T> | null {
  let json: unknown
  try {
    json = readJson(path)
  } catch (error) {
    if (error instanceof SyntaxError) throw new AppError('db_corrupt', path)
    throw error
  }
  if (json === null) return null
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new AppError('db_corrupt', path)
  return parsed.data
}
