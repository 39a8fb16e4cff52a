import type { FastifyRequest } from 'fastify'
import type { Hub } from '../context.ts'
import type { Value } from './xml.ts'

/** Day this server's interface last changed. */
const CHANGESET = '2026-02-01T00:00:00Z'

/** Address of this interface as the client reached it. */
export const baseUrl = (request: FastifyRequest): string => `${request.protocol}://${request.host}/open311/v2`

/** `GET /discovery`: where the endpoint is and what it speaks. */
export async function discovery(hub: Hub, request: FastifyRequest): Promise<Value> {
  const url = baseUrl(request)
  return {
    changeset: CHANGESET,
    contact: `${hub.name}: hubungi operator kabupaten`,
    key_service: 'Kunci API diberikan oleh operator kabupaten.',
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url,
        changeset: CHANGESET,
        type: hub.practice ? 'test' : 'production',
        formats: ['text/xml', 'application/json'],
      },
    ],
  }
}
