import { Sha256 } from '@shared/domain/ids.ts'
import type { AttachmentRef } from '@shared/domain/report.ts'
import type { FastifyInstance } from 'fastify'
import { readWhole } from '../attachments/files.ts'
import type { Hub } from '../context.ts'
import { fault } from './respond.ts'

const FIND = `
select coalesce(a.public_sha256, a.sha256) as sha256, a.mime from attachments a where a.sha256 = $1 and exists (
  select 1 from attachment_refs f join replies y on y.report_id = f.report_id join report_states s on s.id = f.report_id
  where f.sha256 = a.sha256 and y.state = 'published' and not s.confidential
    and y.body->'attachments' @> jsonb_build_array(jsonb_build_object('sha256', a.sha256)))`

/** `GET /media/:sha256`: a file of a published answer to a report that is not confidential, of a picture the copy without metadata; nothing else is ever public. */
export function mediaRoute(app: FastifyInstance, hub: Hub): void {
  app.get('/media/:sha256', async (request, reply) => {
    const sha256 = Sha256.safeParse((request.params as { sha256: string }).sha256).data
    const [file] = sha256 ? await hub.db.q<{ sha256: string; mime: string }>(FIND, [sha256]) : []
    if (!sha256 || !file) throw fault(404, 'media: berkas tidak ada')
    const bytes = await readWhole(hub.dataDir, file.sha256)
    reply.type(file.mime).header('x-content-type-options', 'nosniff')
    reply.header('content-security-policy', "default-src 'none'; sandbox")
    return reply.send(bytes)
  })
}

/** Public addresses of an answer's files: one as text, several as a list, as the extension allows. */
export function mediaUrl(base: string, files: readonly AttachmentRef[] | null): string | string[] | null {
  const urls = (files ?? []).map((f) => `${base}/media/${f.sha256}`)
  return urls.length > 1 ? urls : (urls[0] ?? null)
}
