import { Person } from '@shared/domain/person.ts'
import {
  EnrolCodeRequest,
  EnrolRequest,
  type EnrolCodeResponse,
  type EnrolResponse,
} from '@shared/sync/exchange.ts'
import type { FastifyInstance } from 'fastify'
import { deviceOf } from '../auth/devices.ts'
import { makeEnrolCode, spendEnrolCode } from '../auth/enrol-codes.ts'
import { personOf } from '../auth/sessions.ts'
import { newToken, sha256 } from '../auth/tokens.ts'
import type { Hub, Work } from '../context.ts'
import { parseBody } from '../http/body.ts'
import { HubFault } from '../http/fault.ts'

/** `POST /v1/enrolments` and `POST /v1/enrolment-codes`. */
export function enrolRoutes(app: FastifyInstance, hub: Hub): void {
  app.post('/enrolments', async (request): Promise<EnrolResponse> => {
    const { code, deviceName } = parseBody(EnrolRequest, request.body)
    const key = `enrol:${request.ip}`
    if (hub.tries.blocked(key)) throw new HubFault('too_many_tries')
    try {
      return await hub.work((work) => enrol(hub, work, code, deviceName))
    } catch (error) {
      if (error instanceof HubFault) hub.tries.wrong(key)
      throw error
    }
  })

  app.post('/enrolment-codes', async (request): Promise<EnrolCodeResponse> => {
    const device = await deviceOf(hub, request)
    const { personId, session, agencyId } = parseBody(EnrolCodeRequest, request.body)
    const person = await personOf(hub.db, device, personId, session, hub.clock())
    if (!person) throw new HubFault('session_expired')
    const own = person.roles.includes('agency_admin') && agencyId === device.agencyId
    if (!own && !person.roles.includes('operator')) throw new HubFault('not_allowed')
    return makeEnrolCode(hub, agencyId, person.id)
  })
}

async function enrol(hub: Hub, work: Work, code: string, name: string): Promise<EnrolResponse> {
  const agencyId = await spendEnrolCode(work, code)
  // Locks the agency's row, so that two PCs enrolled at once get different letters.
  const [agency] = await work.q<{ name: string }>(
    `select body->>'name' as name from agencies where id = $1 for update`,
    [agencyId],
  )
  const [count] = await work.q<{ n: number }>('select count(*)::int as n from devices where agency_id = $1', [
    agencyId,
  ])
  const deviceToken = newToken(hub.random)
  const device = {
    deviceId: work.newId(),
    deviceCode: deviceCode(count!.n),
    unlockSecret: Buffer.from(hub.random(32)).toString('base64'),
  }
  await work.q(
    `insert into devices (id, agency_id, code, name, token_hash, unlock_secret, created_at, last_seen_at, told_epoch,
       offered_epoch) values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $8)`,
    [
      device.deviceId,
      agencyId,
      device.deviceCode,
      name.replaceAll('\u0000', ''),
      sha256(deviceToken),
      device.unlockSecret,
      work.now,
      hub.epoch,
    ],
  )
  const people = await work.q<{ body: unknown }>(
    `select body from people where agency_id = $1 order by body->>'name'`,
    [agencyId],
  )
  return {
    ...device,
    deviceToken,
    agencyId,
    agencyName: agency!.name,
    hubId: hub.id,
    people: people.map((p) => Person.parse(p.body)),
  }
}

/** AA, AB, … ZZ, then AAA: letters that tell an agency's PCs apart. */
function deviceCode(n: number): string {
  const letter = (i: number) => String.fromCharCode(65 + (i % 26))
  const pair = letter(Math.floor(n / 26)) + letter(n)
  return n < 676 ? pair : letter(Math.floor(n / 676) - 1) + pair
}
