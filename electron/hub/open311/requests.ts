import { maskPrivate } from '@shared/domain/privacy.ts'
import { ReportStateName, type Report, type ReportState } from '@shared/domain/report.ts'
import { open311Status } from '@shared/domain/workflow.ts'
import { FormReader, type Form } from '@shared/open311/form.ts'
import { RequestOut, writeTime } from '@shared/open311/georeport.ts'
import type { FastifyRequest } from 'fastify'
import type { Hub } from '../context.ts'
import { readPeriod } from './period.ts'
import { fault, throwErrors } from './respond.ts'
import type { Value } from './xml.ts'

/** The standard's cap on one list. */
const MAX_ROWS = 1000

interface Row {
  report: Report
  state: ReportState
  agency: string
  operator: boolean
  media_url: string | null
  /** Who reported, only to be masked where an anonymous report names them. */
  sealed_name: string | null
}

// Confidential reports do not exist here. Columns that could tell who reported are not selected into the answer.
const SELECT = `
select r.body as report, s.body as state, a.body->>'name' as agency, a.operator, r.media_url,
  c.name as sealed_name
from reports r join report_states s on s.id = r.id join agencies a on a.id = r.agency_id
  left join contacts c on c.report_id = r.id where not s.confidential`

/** `GET /requests`: public reports by id, service, period and status. */
export async function listRequests(hub: Hub, request: FastifyRequest): Promise<Value> {
  const reader = new FormReader(request.query as Form)
  const ids = list(reader.get('service_request_id'))
  if (ids)
    return rows(hub, `and r.number = any($1) order by r.requested_at desc limit ${MAX_ROWS}`, [
      ids.slice(0, MAX_ROWS),
    ])
  const period = readPeriod(reader, hub.clock())
  const codes = list(reader.get('service_code'))
  const states = readStatus(reader)
  throwErrors(reader.errors)
  const filter = `and r.requested_at between $1 and $2 and ($3::text[] is null or r.service_code = any($3))
    and ($4::text[] is null or s.state = any($4)) order by r.requested_at desc, r.id limit ${MAX_ROWS}`
  return rows(hub, filter, [period.from, period.to, codes, states])
}

/** `GET /requests/:id`: one public report as a list of one; 404 also for a confidential one. */
export async function getRequest(hub: Hub, number: string): Promise<Value> {
  const found = await rows(hub, 'and r.number = $1', [number])
  if (found.length === 0) throw fault(404, 'service_request_id: laporan tidak ada')
  return found
}

/** `GET /tokens/:token`: this hub answers with the number at once; the report's own id serves clients that keep tokens. */
export async function tokenRequest(hub: Hub, token: string): Promise<Value> {
  const [row] = await hub.db.q<{ number: string }>(
    'select r.number from reports r join report_states s on s.id = r.id where r.id::text = $1 and not s.confidential',
    [token],
  )
  if (!row) throw fault(404, 'token: tidak dikenal')
  return [{ service_request_id: row.number, token }]
}

async function rows(hub: Hub, filter: string, params: unknown[]): Promise<Value[]> {
  const found = await hub.db.q<Row>(`${SELECT} ${filter}`, params)
  return found.map((row) => RequestOut.parse(toRequest(row)))
}

const toRequest = ({ report, state, agency, operator, media_url, sealed_name }: Row): RequestOut => ({
  service_request_id: report.number,
  status: open311Status(state.state, !operator).status,
  status_notes: null,
  service_name: report.serviceName,
  service_code: report.serviceCode,
  // People write their own NIK and telephone number into the text, even those who asked not to be named (PRIV-01).
  description: maskPrivate(report.body, state.anonymous ? sealed_name : null),
  agency_responsible: agency,
  service_notice: null,
  requested_datetime: writeTime(report.requestedAt),
  updated_datetime: writeTime(state.updatedAt),
  expected_datetime: null,
  address: report.address || null,
  address_id: null,
  zipcode: null,
  lat: report.lat,
  long: report.lon,
  media_url,
})

const list = (value: string | undefined) =>
  value
    ?.split(',')
    .map((s) => s.trim())
    .filter(Boolean) ?? null

/** The states that leave the office as one of the wanted statuses; null for all. */
function readStatus(reader: FormReader): string[] | null {
  const wanted = list(reader.get('status')?.toLowerCase())
  if (!wanted) return null
  if (wanted.some((s) => s !== 'open' && s !== 'closed'))
    reader.complain('status: harus open, closed, atau keduanya')
  return ReportStateName.options.filter((s) => wanted.includes(open311Status(s).status))
}
