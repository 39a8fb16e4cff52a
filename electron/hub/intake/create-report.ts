import { wellFormed } from '@shared/domain/ids.ts'
import type { Service } from '@shared/domain/person.ts'
import type {
  AttachmentRef,
  Channel,
  Report,
  ReportClass,
  Reporter,
  ReportState,
} from '@shared/domain/report.ts'
import type { Work } from '../context.ts'
import { putItem } from '../feed/put.ts'
import { referAttachments } from '../store/attachments.ts'
import { addEntry } from '../store/entries.ts'
import { operatorAgency } from '../workflow/move.ts'

/** A report as it arrives. */
export interface NewReport {
  service: Service
  /** Empty: taken from the body. */
  subject: string
  body: string
  address: string
  district: string
  lat: number | null
  lon: number | null
  channel: Channel
  contact: Reporter | null
  anonymous: boolean
  confidential: boolean
  class: ReportClass | null
  attachments: AttachmentRef[]
  mediaUrl: string | null
  client: string
  clientRef: string | null
}

/** Number of the report this client filed under this reference, if any. */
export async function findByClientRef(work: Work, client: string, ref: string): Promise<string | undefined> {
  const [row] = await work.q<{ number: string }>(
    'select number from reports where client = $1 and client_ref = $2',
    [client, ref],
  )
  return row?.number
}

/** Files a report with the agency that owns its service, or with the operator when none does; answers its number. */
export async function createReport(work: Work, given: NewReport): Promise<string> {
  const agencyId = await ownerOf(work, given.service)
  const id = work.newId()
  const number = await nextNumber(work, agencyId)
  const { service, contact, attachments, subject, body: words, address, district, lat, lon, channel } = given
  const report: Report = {
    id,
    number,
    agencyId,
    serviceCode: service.id,
    serviceName: service.name,
    subject: subject || subjectOf(words) || service.name,
    body: words,
    address,
    district,
    lat,
    lon,
    channel,
    reporter: given.anonymous ? null : contact,
    attachments,
    requestedAt: work.now,
  }
  const params = [id, number, JSON.stringify(report), given.mediaUrl, given.client, given.clientRef]
  await work.q(
    'insert into reports (id, number, version, body, media_url, client, client_ref) values ($1, $2, 1, $3::jsonb, $4, $5, $6)',
    params,
  )
  if (contact)
    await work.q('insert into contacts values ($1, $2, $3, $4)', [
      id,
      contact.name,
      contact.phone,
      contact.email,
    ])
  await referAttachments(
    work,
    id,
    attachments.map((a) => a.sha256),
  )
  await putItem(work, { agencyId, kind: 'report', id, version: 1, body: report, reports: 1 })
  const state = freshState(id, given, work.now)
  await work.q('insert into report_states (id, version, body) values ($1, 1, $2::jsonb)', [
    id,
    JSON.stringify(state),
  ])
  await putItem(work, { agencyId, kind: 'report_state', id, version: 1, body: state })
  await addEntry(work, { reportId: id, agencyId, kind: 'system', action: 'received', data: { channel } })
  // The address of a picture elsewhere is kept as text and never fetched.
  if (given.mediaUrl)
    await addEntry(work, {
      reportId: id,
      agencyId,
      kind: 'citizen',
      action: 'media_url',
      text: given.mediaUrl,
    })
  return number
}

const freshState = (id: string, given: NewReport, now: number): ReportState => ({
  id,
  state: 'received',
  class: given.class,
  oversight: false,
  priority: 'normal',
  anonymous: given.anonymous,
  confidential: given.confidential,
  assigneeId: null,
  unit: null,
  clockStartedAt: now,
  verifiedAt: null,
  responseMetAt: null,
  settlementMetAt: null,
  pauses: [],
  reviewOn: null,
  stateReason: null,
  proposal: null,
  groupLeadId: null,
  citizenRepliedAt: null,
  reopenCount: 0,
  updatedAt: now,
})

/** A report for a service nobody owns, or whose office is closed, waits with the operator; it is never dropped. */
async function ownerOf(work: Work, service: Service): Promise<string> {
  const [owner] = await work.q<{ id: string }>('select id from agencies where id = $1 and active', [
    service.agencyId,
  ])
  return owner?.id ?? operatorAgency(work)
}

/** AGENCY-YY-NNNNNN, the year by the office's own clock. */
async function nextNumber(work: Work, agencyId: string): Promise<string> {
  const [settings] = await work.q<{ offset: number | null }>(
    `select (body->'calendar'->>'utcOffsetMinutes')::int as offset from settings where agency_id = $1`,
    [agencyId],
  )
  const year = new Date(work.now + (settings?.offset ?? 0) * 60_000).getUTCFullYear()
  const [row] = await work.q<{ n: number }>(
    `insert into number_counters as c values ($1, $2, 1)
     on conflict (agency_id, year) do update set next_n = c.next_n + 1 returning next_n as n`,
    [agencyId, year],
  )
  return `${agencyId}-${String(year).slice(2)}-${String(row!.n).padStart(6, '0')}`
}

/** The first sentence or line, cut at a word near 80 letters. */
function subjectOf(words: string): string {
  const sentence = words.split(/[\r\n]|(?<=[.!?])\s/, 1)[0]!.trim()
  // A heading has no full stop; letters quote it in the middle of a sentence.
  const first = sentence.replace(/[.\s]+$/, '') || sentence
  if (first.length <= 90) return first
  const cut = first.slice(0, 80)
  return `${wellFormed(cut.slice(0, Math.max(cut.lastIndexOf(' '), 40)))}…`
}
