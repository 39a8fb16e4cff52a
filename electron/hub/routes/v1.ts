import type { FastifyInstance } from 'fastify'
import type { Hub } from '../context.ts'
import { v1Manners } from '../http/v1.ts'
import { adminRoutes } from './admin.ts'
import { attachmentRoutes } from './attachments.ts'
import { enrolRoutes } from './enrol.ts'
import { exchangeRoute } from './exchange.ts'
import { helloRoute } from './hello.ts'
import { identityRoute } from './identities.ts'
import { sessionRoute } from './sessions.ts'
import { thumbnailRoute } from './thumbnails.ts'
import { uploadRoutes } from './uploads.ts'
import { verifyRoute } from './verify.ts'
import { wakeRoute } from './wake.ts'

/** Everything between desks and the hub. */
export function v1(app: FastifyInstance, hub: Hub): void {
  v1Manners(app, hub)
  helloRoute(app, hub)
  enrolRoutes(app, hub)
  sessionRoute(app, hub)
  exchangeRoute(app, hub)
  identityRoute(app, hub)
  wakeRoute(app, hub)
  thumbnailRoute(app, hub)
  verifyRoute(app, hub)
  adminRoutes(app, hub)
  // Encapsulated: only here may a body be of any type.
  void app.register(async (files) => attachmentRoutes(files, hub))
  void app.register(async (files) => uploadRoutes(files, hub))
}
