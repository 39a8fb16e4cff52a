import { MIN_PROTOCOL, PROTOCOL, type Hello } from '@shared/sync/exchange.ts'
import type { FastifyInstance } from 'fastify'
import type { Hub } from '../context.ts'

/** `GET /v1/hello`: proves that this address is a hub. */
export function helloRoute(app: FastifyInstance, hub: Hub): void {
  app.get('/hello', async (): Promise<Hello> => ({
    product: 'meja-lapor-hub',
    protocol: PROTOCOL,
    minProtocol: MIN_PROTOCOL,
    hubId: hub.id,
    name: hub.name,
    time: hub.clock(),
    practice: hub.practice,
  }))
}
