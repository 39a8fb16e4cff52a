import { FormReader, type Form } from '@shared/open311/form.ts'
import { writeTime } from '@shared/open311/georeport.ts'
import { readUpdateForm, UpdateOut, updateStatus } from '@shared/open311/updates.ts'
import type { FastifyRequest } from 'fastify'
import type { AttachmentRef, Entry } from '@shared/domain/report.ts'
import type { Hub } from '../context.ts'
import { citizenMessage, MAX_FILES } from '../intake/citizen-message.ts'
import { practiceMillis } from '../practice/practice-time.ts'
import { recordPhotos, storePhotos } from './create.ts'
import { baseUrl } from './discovery.ts'
import { readInput } from './input.ts'
import { mediaUrl } from './media.ts'
import { readPeriod } from './period.ts'
import { fault, throwErrors } from './respond.ts'
import type { Value } from './xml.ts'

/** What the public learns of an answer to a confidential report, or of a question about it. */
const DIRECT = 'Jawaban atas laporan ini disampaikan langsung kepada pelapor.'
const ASKED = 'Pertanyaan tentang laporan ini disampaikan langsung kepada pelapor.'

interface Row {
  entry: Entry
  number: string
  confidential: boolean
  files: AttachmentRef[] | null
}

/** `GET /servicerequestupdates`: published answers and questions, oldest first; never an internal line, never a name. */
export async function listUpdates(hub: Hub, request: FastifyRequest): Promise<Value> {
  const reader = new FormReader(request.query as Form)
  const { from, to } = readPeriod(reader, hub.clock())
  const number = reader.get('service_request_id') ?? null
  throwErrors(reader.errors)
  const rows = await hub.db.q<Row>(
    `select e.body as entry, r.number, s.confidential, y.body->'attachments' as files from entries e
     join reports r on r.id = e.report_id join report_states s on s.id = e.report_id
     left join replies y on y.id::text = e.body->'data'->>'replyId'
     where e.kind = 'official' and e.at between $1 and $2 and ($3::text is null or r.number = $3) order by e.at, e.id limit 1000`,
    [from, to, number],
  )
  return rows.map(({ entry, number: id, confidential, files }) => {
    const { status, code } = updateStatus(entry.data['state'])
    return UpdateOut.parse({
      service_request_id: id,
      update_id: entry.id,
      status,
      external_status_code: code,
      updated_datetime: writeTime(entry.at),
      // Judged by today's flag: a report made confidential later takes its published text back.
      description: confidential ? (entry.action === 'published' ? DIRECT : ASKED) : entry.text,
      media_url: confidential ? null : mediaUrl(baseUrl(request), files),
    })
  })
}

/** `POST /servicerequestupdates`: a citizen's message; a resend with the same `update_id` answers the same line. */
export async function postUpdate(hub: Hub, request: FastifyRequest): Promise<Value> {
  const { reader, photos, client } = await readInput(hub, request)
  const form = readUpdateForm(reader)
  const [report] = await hub.db.q<{ id: string; files: number }>(
    `select id, jsonb_array_length(body->'attachments') as files from reports where number = $1`,
    [form.requestId],
  )
  if (form.requestId && !report) reader.complain('service_request_id: laporan tidak ada', 404)
  if (report && report.files + photos.length > MAX_FILES)
    reader.complain(`media: satu laporan paling banyak ${MAX_FILES} berkas`)
  throwErrors(reader.errors)
  const refs = await storePhotos(hub, photos)
  const updateId = await hub.work(
    async (work) => {
      await recordPhotos(work, refs)
      const { description: text, status } = form
      return citizenMessage(work, {
        reportId: report!.id,
        text,
        status,
        clientRef: `${client!}:${form.updateId}`,
        attachments: refs,
      })
    },
    practiceMillis(hub, request),
  )
  if (!updateId) throw fault(404, 'service_request_id: laporan tidak ada')
  return [{ update_id: updateId, account_id: null }]
}
