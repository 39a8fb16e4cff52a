import type { Reporter } from '@shared/domain/report.ts'
import { fullName } from '@shared/domain/person.ts'
import { IdentityRequest, type IdentityResponse } from '@shared/sync/exchange.ts'
import type { FastifyInstance } from 'fastify'
import { deviceOf } from '../auth/devices.ts'
import { personOf } from '../auth/sessions.ts'
import type { Hub } from '../context.ts'
import { parseBody } from '../http/body.ts'
import { HubFault } from '../http/fault.ts'
import { addEntry } from '../store/entries.ts'

/** `POST /v1/identities`: opens a sealed identity for a named role and a reason, and records both (PRIV-02). */
export function identityRoute(app: FastifyInstance, hub: Hub): void {
  app.post('/identities', async (request): Promise<IdentityResponse> => {
    const device = await deviceOf(hub, request)
    const { personId, session, reportId, reason } = parseBody(IdentityRequest, request.body)
    const person = await personOf(hub.db, device, personId, session, hub.clock())
    if (!person) throw new HubFault('session_expired')
    if (!person.roles.some((role) => role === 'supervisor' || role === 'agency_admin'))
      throw new HubFault('not_allowed')
    return hub.work(async (work) => {
      const [contact] = await work.q<Reporter>(
        'select c.name, c.phone, c.email from contacts c join reports r on r.id = c.report_id where r.id = $1 and r.agency_id = $2',
        [reportId, device.agencyId],
      )
      if (!contact) throw new HubFault('not_found')
      const data = JSON.stringify({ deviceId: device.id, reason: reason.replaceAll('\u0000', '') })
      await work.q('insert into audit_log values ($1, $2, $3, $4, $5, $6::jsonb, $7)', [
        work.newId(),
        device.agencyId,
        reportId,
        person.id,
        'identity_opened',
        data,
        work.now,
      ])
      const actor = { id: person.id, name: fullName(person) }
      const { agencyId } = device
      await addEntry(work, {
        reportId,
        agencyId,
        kind: 'system',
        action: 'identity_opened',
        actor,
        text: reason.replaceAll('\u0000', ''),
      })
      return contact
    })
  })
}
