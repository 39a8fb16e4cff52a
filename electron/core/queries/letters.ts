import type { Letter, LetterKind, LetterStateName, Paper } from '@shared/domain/letter.ts'
import type { Output, Parsed } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'
import { profileOn } from '../letters/profile.ts'
import { verifyUrl } from '../letters/verify-token.ts'
import { officeOffset } from './clock-views.ts'
import { dateAt } from '@shared/domain/days.ts'

/** A letter of this desk as stored. */
export interface LetterRow {
  id: string
  kind: LetterKind
  state: LetterStateName
  reportId: string
  replyId: string | null
  dispositionId: string | null
  registerId: string
  year: number
  n: number | null
  suffix: string
  number: string | null
  date: string
  subject: string
  addressee: string
  paper: Paper
  signerId: string | null
  profile: string
  sha256: string | null
  pages: number | null
  verifyToken: string | null
  voidReason: string | null
  prints: number
  createdAt: number
  issuedAt: number | null
}

const COLUMNS = `l.id, l.kind, l.state, l.report_id AS reportId, l.reply_id AS replyId, l.disposition_id AS dispositionId,
  l.register_id AS registerId, l.year, l.n, l.suffix, l.number, l.date, l.subject, l.addressee, l.paper,
  l.signer_id AS signerId, l.profile, l.sha256, l.pages, l.verify_token AS verifyToken, l.void_reason AS voidReason,
  l.prints, l.created_at AS createdAt, l.issued_at AS issuedAt`

/** A letter made on this desk. Throws AppError not_found. */
export function letterRow(desk: Pick<Desk, 'db'>, letterId: string): LetterRow {
  const row = desk.db.get<LetterRow>(`SELECT ${COLUMNS} FROM letters l WHERE l.id = ?`, letterId)
  if (!row) throw new AppError('not_found', `letter ${letterId}`)
  return row
}

type Joined = LetterRow & {
  reportNumber: string | null
  pending: number
  mirrored: string | null
  printed: number
}

// A letter is here because this desk made it, because the feed brought it, or both; then the hub's word counts.
const UNION = `
SELECT ${COLUMNS}, c.number AS reportNumber, m.body AS mirrored,
  EXISTS (SELECT 1 FROM outbox o WHERE o.report_id = l.report_id AND o.kind LIKE 'letter.%'
    AND o.state NOT IN ('applied', 'discarded') AND instr(o.payload, l.id) > 0) AS pending
FROM letters l LEFT JOIN m_rows m ON m.kind = 'letter' AND m.id = l.id LEFT JOIN report_current c ON c.id = l.report_id`

const FOREIGN = `
SELECT m.id, m.report_id AS reportId, c.number AS reportNumber, m.body AS mirrored,
  EXISTS (SELECT 1 FROM outbox o WHERE o.report_id = m.report_id AND o.kind = 'letter.void'
    AND o.state NOT IN ('applied', 'discarded') AND instr(o.payload, m.id) > 0) AS pending
FROM m_rows m LEFT JOIN report_current c ON c.id = m.report_id
WHERE m.kind = 'letter' AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.id = m.id)`

/** Letters of the office, newest first; other devices' letters come from the feed. */
export function listLetters(desk: Desk, { year, kind, reportId }: Parsed<'letters.list'>): LetterView[] {
  const own =
    reportId === null
      ? desk.db.all<Joined>(`${UNION} WHERE (?1 IS NULL OR l.year = ?1)`, year)
      : desk.db.all<Joined>(`${UNION} WHERE l.report_id = ?1`, reportId)
  const foreign =
    reportId === null
      ? desk.db.all<Joined>(`${FOREIGN} AND (?1 IS NULL OR m.body ->> '$.year' = ?1)`, year)
      : desk.db.all<Joined>(`${FOREIGN} AND m.report_id = ?1`, reportId)
  return [...own, ...foreign]
    .map((row) => letterView(desk, row))
    .filter((view) => (kind === null || view.kind === kind) && (year === null || view.year === year))
    .sort((a, b) => (b.issuedAt ?? b.createdAt) - (a.issuedAt ?? a.createdAt))
}

/** Letters of one report, newest first. */
export const lettersOfReport = (desk: Desk, reportId: string): LetterView[] =>
  listLetters(desk, { year: null, kind: null, reportId })

/** One letter as shown, made here or elsewhere. Throws AppError not_found. */
export function letterViewOf(desk: Desk, letterId: string): LetterView {
  const row =
    desk.db.get<Joined>(`${UNION} WHERE l.id = ?`, letterId) ??
    desk.db.get<Joined>(`${FOREIGN} AND m.id = ?`, letterId)
  if (!row) throw new AppError('not_found', `letter ${letterId}`)
  return letterView(desk, row)
}

function letterView(desk: Desk, row: Joined): LetterView {
  const hub = row.mirrored === null ? null : (JSON.parse(row.mirrored) as Letter)
  const base = desk.settings()?.verifyBaseUrl
  const facts = hub ? { ...row, ...fromHub(hub, row) } : row
  return {
    id: row.id,
    kind: facts.kind,
    state: facts.state,
    number: facts.number,
    n: facts.n,
    suffix: facts.suffix,
    year: facts.year,
    date: facts.date,
    subject: facts.subject,
    addressee: facts.addressee,
    paper: row.paper ?? 'A4',
    reportId: row.reportId,
    reportNumber: row.reportNumber ?? '',
    replyId: facts.replyId,
    dispositionId: row.dispositionId ?? null,
    sha256: facts.sha256,
    pages: facts.pages,
    voidReason: facts.voidReason,
    verifyUrl: facts.verifyToken && base !== undefined ? verifyUrl(base, facts.verifyToken) : null,
    prints: row.prints ?? 0,
    createdAt: row.createdAt ?? facts.issuedAt,
    issuedAt: facts.issuedAt,
    pending: row.pending === 1,
  }
}

/** The hub's row over ours: its state and number count, except that a voiding still on its way shows already. */
function fromHub(hub: Letter, own: Joined): Omit<Letter, 'id' | 'agencyId' | 'deviceId' | 'reportId'> {
  const voidedHere = own.state === 'void' && hub.state === 'issued'
  return voidedHere ? { ...hub, state: 'void', voidReason: own.voidReason } : hub
}

/** The profile in force today. Throws AppError no_profile. */
export function currentProfile(desk: Desk): Output<'letters.profile'> {
  const today = dateAt(desk.host.now(), officeOffset(desk))
  const profile = profileOn(desk.settings()?.letterProfiles ?? [], today)
  if (!profile) throw new AppError('no_profile', `no letter profile on ${today}`)
  return profile
}
