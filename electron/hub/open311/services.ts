import type { Service } from '@shared/domain/person.ts'
import { PROFILE, ServiceOut } from '@shared/open311/georeport.ts'
import type { Hub } from '../context.ts'
import { fault } from './respond.ts'
import type { Value } from './xml.ts'

/** `GET /services`: what a citizen can report, in the operator's order. */
export async function listServices(hub: Hub): Promise<Value> {
  const rows = await hub.db.q<{ body: Service }>(
    `select body from services where (body->>'active')::boolean order by ord`,
  )
  return rows.map(({ body }) =>
    ServiceOut.parse({
      service_code: body.id,
      service_name: body.name,
      description: body.description,
      metadata: true,
      type: 'realtime',
      keywords: body.keywords.join(','),
      group: body.group,
    }),
  )
}

/** `GET /services/:code`: the attribute profile, which every service shares. */
export async function serviceDefinition(hub: Hub, code: string): Promise<Value> {
  await requireService(hub, code)
  return { service_code: code, attributes: PROFILE as unknown as Value[] }
}

/** The active service of a code. Throws the standard's 404. */
export async function requireService(hub: Hub, code: string): Promise<Service> {
  const service = await findService(hub, code)
  if (!service) throw fault(404, `service_code: layanan ${code.slice(0, 60)} tidak ada`)
  return service
}

/** The active service of a code, or undefined. */
export async function findService(hub: Hub, code: string): Promise<Service | undefined> {
  const [row] = await hub.db.q<{ body: Service }>(
    `select body from services where id = $1 and (body->>'active')::boolean`,
    [code],
  )
  return row?.body
}
