import { rmSync } from 'node:fs'
import { AppError } from '@shared/ipc/errors.ts'
import type { EnrolResponse, Hello } from '@shared/sync/exchange.ts'
import { KEY_BYTES } from '../db/cipher.ts'
import { closeDb, openDb } from '../db/open.ts'
import type { Host } from '../host.ts'
import { normaliseAddress } from '../hub-client/address.ts'
import { httpHubDoor } from '../hub-client/http.ts'
import {
  databasePath,
  knownPerson,
  putSlot,
  writeDevice,
  writeSecrets,
  type DeviceRecord,
} from './device-store.ts'
import { sealForHub } from './key-slots.ts'

/** WIT until the agency's own settings arrive. */
const FIRST_ZONE = { zoneLabel: 'WIT', utcOffsetMinutes: 540 }

/**
 * Makes this PC a device of the agency that the one-time code names. Proves the address first, so that a code is never
 * given to a stranger. Throws the codes of HubDoor, bad_address, disk_full or folder_not_writable.
 */
export async function enrol(
  host: Host,
  typed: string,
  code: string,
  deviceName: string,
): Promise<DeviceRecord> {
  const url = normaliseAddress(typed)
  const door = httpHubDoor(host, url)
  const hello = await door.hello()
  // What must be writable is tried before the code is spent: a code works once.
  const trial = `${databasePath(host.dataDir)}.try`
  closeDb(openDb({ path: trial, key: new Uint8Array(KEY_BYTES), create: true }))
  rmSync(trial, { force: true })
  const given = await door.enrol(code, deviceName)
  if (given.hubId !== hello.hubId) throw new AppError('wrong_hub', given.hubId)
  return keep(host, url, hello, given, deviceName)
}

/** Enrols at a practice hub that the host started itself. */
export async function enrolPractice(
  host: Host,
  hub: { url: string; adminToken: string },
  agencyId: string,
): Promise<DeviceRecord> {
  const { code } = await httpHubDoor(host, hub.url).adminEnrolmentCode(hub.adminToken, agencyId)
  return { ...(await enrol(host, hub.url, code, 'PC latihan')), ownHub: true }
}

async function keep(
  host: Host,
  url: string,
  hello: Hello,
  given: EnrolResponse,
  name: string,
): Promise<DeviceRecord> {
  const { dataDir } = host
  const key = host.random(KEY_BYTES)
  const deviceSecret = host.random(32)
  closeDb(openDb({ path: databasePath(dataDir), key, create: true }))
  await writeSecrets(host, { deviceToken: given.deviceToken, deviceSecret })
  putSlot(dataDir, sealForHub(host, key, given.unlockSecret, deviceSecret))
  key.fill(0)
  const record: DeviceRecord = {
    version: 1,
    device: {
      id: given.deviceId,
      code: given.deviceCode,
      name,
      agencyId: given.agencyId,
      hubId: given.hubId,
      hubUrl: url,
      practice: hello.practice,
    },
    ownHub: false,
    agency: { id: given.agencyId, name: given.agencyName, shortName: given.agencyId, operator: false },
    ...FIRST_ZONE,
    people: given.people.filter((person) => person.active).map(knownPerson),
  }
  writeDevice(dataDir, record)
  return record
}
