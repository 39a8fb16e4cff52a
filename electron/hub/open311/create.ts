import { readReportForm } from '@shared/open311/form.ts'
import type { FastifyRequest } from 'fastify'
import type { Hub, Work } from '../context.ts'
import { practiceMillis } from '../practice/practice-time.ts'
import { HubFault } from '../http/fault.ts'
import { takePhoto, type TakenPhoto } from '../pictures/take-in.ts'
import { createReport, findByClientRef } from '../intake/create-report.ts'
import { recordAttachment } from '../store/attachments.ts'
import { readInput, type Photo } from './input.ts'
import { fault, throwErrors } from './respond.ts'
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
export async function storePhotos(hub: Hub, photos: readonly Photo[]): Promise<TakenPhoto[]> {
  const taken: TakenPhoto[] = []
  for (const photo of photos) {
    try {
      taken.push(await takePhoto(hub, photo))
    } catch (error) {
      if (!(error instanceof HubFault)) throw error
      throw fault(error.status === 503 ? 503 : 400, `media: ${error.message}`)
    }
  }
  return taken
}

/** Registers stored photos as a citizen's. */
export async function recordPhotos(work: Work, photos: readonly TakenPhoto[]): Promise<void> {
  for (const photo of photos) await recordAttachment(work, photo, null)
}
