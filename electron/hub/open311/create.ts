import { uuidv7, wellFormed } from '@shared/domain/ids.ts'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { readReportForm } from '@shared/open311/form.ts'
import type { FastifyRequest } from 'fastify'
import { storeFile } from '../attachments/files.ts'
import type { Hub, Work } from '../context.ts'
import { practiceMillis } from '../practice/practice-time.ts'
import { createReport, findByClientRef } from '../intake/create-report.ts'
import { recordAttachment } from '../store/attachments.ts'
import { readInput, type Photo } from './input.ts'
import { throwErrors } from './respond.ts'
import { findService } from './services.ts'
import type { Value } from './xml.ts'

const NOTICE = 'Laporan diterima. Simpan nomor ini untuk mengikuti perkembangannya.'

/** `POST /requests`: takes a citizen's report; a resend with the same `client_ref` answers the same number. */
export async function postRequest(hub: Hub, request: FastifyRequest): Promise<Value> {
  const { reader, photos, client } = await readInput(hub, request)
  const form = readReportForm(reader, photos.length > 0)
  const service = form.serviceCode ? await findService(hub, form.serviceCode) : undefined
  if (form.serviceCode && !service)
    reader.complain(`service_code: layanan ${form.serviceCode.slice(0, 60)} tidak ada`, 404)
  throwErrors(reader.errors)
  const stored = await storePhotos(hub, photos)
  const number = await hub.work(
    async (work) => {
      const known = form.clientRef && (await findByClientRef(work, client!, form.clientRef))
      if (known) return known
      await recordPhotos(work, stored)
      const { serviceCode: _code, contact, description, ...rest } = form
      return createReport(work, {
        ...rest,
        service: service!,
        body: description,
        contact,
        attachments: stored,
        client: client!,
        channel: 'open311',
      })
    },
    practiceMillis(hub, request),
  )
  return [{ service_request_id: number, service_notice: NOTICE, account_id: null }]
}

/** Gives photos their place by content hash, before the transaction that names them. */
export async function storePhotos(hub: Hub, photos: readonly Photo[]): Promise<AttachmentRef[]> {
  const refs: AttachmentRef[] = []
  for (const photo of photos) {
    const file = await storeFile(hub.dataDir, [photo.bytes], { id: uuidv7(hub.clock(), hub.random(10)) })
    refs.push({ ...file, name: wellFormed(photo.name) })
  }
  return refs
}

/** Registers stored photos as a citizen's. */
export async function recordPhotos(work: Work, refs: readonly AttachmentRef[]): Promise<void> {
  for (const ref of refs) await recordAttachment(work, ref, null)
}
