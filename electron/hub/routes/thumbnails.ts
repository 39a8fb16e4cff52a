import { Sha256 } from '@shared/domain/ids.ts'
import { THUMBS_CONTENT_TYPE } from '@shared/sync/exchange.ts'
import { MAX_THUMBS, packThumbs } from '@shared/sync/thumbnails.ts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { readWhole } from '../attachments/files.ts'
import { deviceOf } from '../auth/devices.ts'
import type { Hub } from '../context.ts'
import { HubFault } from '../http/fault.ts'
import { findThumbs } from '../store/attachments.ts'

const Wanted = z.object({ sha256: z.string().transform((list) => list.split(',')) })
const Hashes = z.array(Sha256).min(1).max(MAX_THUMBS)

/**
 * `GET /v1/thumbnails?sha256=HASH,HASH,…`: many small pictures in one answer, for a link where each round trip costs
 * more than a picture. What the agency may not fetch, or is not there, is left out.
 */
export function thumbnailRoute(app: FastifyInstance, hub: Hub): void {
  app.get('/thumbnails', async (request, reply) => {
    const device = await deviceOf(hub, request)
    const list = Wanted.safeParse(request.query)
    const hashes = Hashes.safeParse(list.data?.sha256)
    if (!hashes.success) throw new HubFault('bad_request')
    const mine = new Set(
      (await findThumbs(hub.db, device.agencyId, hashes.data)).map((thumb) => thumb.sha256),
    )
    // In the order asked for: what is cut off is what was wanted least.
    const thumbs = []
    for (const sha256 of new Set(hashes.data)) {
      if (mine.has(sha256)) thumbs.push({ sha256, bytes: await readWhole(hub.dataDir, sha256) })
    }
    return reply.type(THUMBS_CONTENT_TYPE).send(Buffer.from(packThumbs(thumbs)))
  })
}
