import { AgencyId } from '@shared/domain/ids.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { makeEnrolCode } from '../auth/enrol-codes.ts'
import { bearer, matches } from '../auth/tokens.ts'
import { Bootstrap } from '../bootstrap.ts'
import type { Hub } from '../context.ts'
import { parseBody } from '../http/body.ts'
import { HubFault } from '../http/fault.ts'
import { closeSilent } from '../workflow/close-silent.ts'
import { importBootstrap } from '../intake/import-bootstrap.ts'

/** The operator's own doors, opened by the hub's admin token: set-up file and first enrolment codes. */
export function adminRoutes(app: FastifyInstance, hub: Hub): void {
  const requireAdmin = (request: FastifyRequest) => {
    const key = `admin:${request.ip}`
    if (hub.tries.blocked(key)) throw new HubFault('too_many_tries')
    if (matches(bearer(request.headers.authorization) ?? '', hub.adminTokenHash)) return hub.tries.right(key)
    hub.tries.wrong(key)
    throw new HubFault('not_allowed')
  }

  app.post('/admin/bootstrap', async (request) => {
    requireAdmin(request)
    return importBootstrap(hub, parseBody(Bootstrap, request.body))
  })

  app.post('/admin/close-silent', async (request) => {
    requireAdmin(request)
    return { closed: await closeSilent(hub) }
  })

  app.post('/admin/enrolment-codes', async (request) => {
    requireAdmin(request)
    const { agencyId } = parseBody(z.object({ agencyId: AgencyId }), request.body)
    return makeEnrolCode(hub, agencyId, 'admin')
  })
}
