import { verify } from '@node-rs/argon2'
import { Person } from '@shared/domain/person.ts'
import { SessionRequest, type SessionResponse } from '@shared/sync/exchange.ts'
import type { FastifyInstance } from 'fastify'
import { deviceOf } from '../auth/devices.ts'
import { startSession } from '../auth/sessions.ts'
import type { Hub } from '../context.ts'
import { parseBody } from '../http/body.ts'
import { HubFault } from '../http/fault.ts'

/** `POST /v1/sessions`: password → session of a person on this device. */
export function sessionRoute(app: FastifyInstance, hub: Hub): void {
  app.post('/sessions', async (request): Promise<SessionResponse> => {
    const device = await deviceOf(hub, request)
    const { personId, password } = parseBody(SessionRequest, request.body)
    const key = `session:${device.id}:${personId}`
    if (hub.tries.blocked(key)) throw new HubFault('too_many_tries')
    const [row] = await hub.db.q<{ body: unknown; password_hash: string }>(
      `select body, password_hash from people where id = $1 and agency_id = $2 and (body->>'active')::boolean`,
      [personId, device.agencyId],
    )
    // An unknown person and a wrong password sound the same.
    if (!row || !(await verify(row.password_hash, password))) {
      hub.tries.wrong(key)
      throw new HubFault('wrong_password')
    }
    hub.tries.right(key)
    const session = await hub.work((work) => startSession(hub, work, device.id, personId))
    return { ...session, unlockSecret: device.unlockSecret, person: Person.parse(row.body) }
  })
}
