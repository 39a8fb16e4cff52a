import type { Entry } from '@shared/domain/report.ts'
import type { Work } from '../context.ts'
import { putItem } from '../feed/put.ts'

/** What a new timeline line needs besides its id and time. */
export interface NewEntry extends Pick<Entry, 'reportId' | 'kind' | 'action'> {
  agencyId: string
  /** An officer; a citizen's lines never carry a name. */
  actor?: { id: string; name: string } | null
  text?: string
  data?: Entry['data']
  /** A client's own key for this line, so that its resend is recognised. */
  clientRef?: string
}

/** Adds a line to a report's timeline and the agency's feed; returns its id. */
export async function addEntry(work: Work, e: NewEntry): Promise<string> {
  const body: Entry = {
    id: work.newId(),
    reportId: e.reportId,
    kind: e.kind,
    action: e.action,
    actorId: e.actor?.id ?? null,
    actorName: e.actor?.name ?? null,
    text: e.text ?? '',
    data: e.data ?? {},
    at: work.now,
  }
  await work.q(
    'insert into entries (id, report_id, agency_id, version, body, client_ref) values ($1, $2, $3, 1, $4::jsonb, $5)',
    [body.id, e.reportId, e.agencyId, JSON.stringify(body), e.clientRef ?? null],
  )
  await putItem(work, { agencyId: e.agencyId, kind: 'entry', id: body.id, version: 1, body })
  return body.id
}
