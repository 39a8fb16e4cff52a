import type { Letter, LetterKind, LetterStateName, Paper } from '@shared/domain/letter.ts'
import type { Output, Parsed } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { LetterView } from '@shared/ipc/views.ts'
import type { Desk } from '../desk.ts'
import { profileOn } from '../letters/profile.ts'
import { verifyUrl } from '../letters/verify-token.ts'
import { officeOffset } from './clock-views.ts'
import { dateAt } from '@shared/domain/days.ts'

/** A letter of this desk as stored. What became of it since (void, refused) is in the feed and the outbox. */
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
  dateChosen: number
  subject: string
  addressee: string
  paper: Paper
  signerId: string | null
  source: string | null
  sha256: string | null
  pages: number | null
  verifyToken: string | null
  prints: number
  /** Its issue was given up on this desk. */
  voidReason: string | null
  createdAt: number
  issuedAt: number | null
}

const COLUMNS = `l.id, l.kind, l.state, l.report_id AS reportId, l.reply_id AS replyId, l.disposition_id AS dispositionId,
  l.register_id AS registerId, l.year, l.n, l.suffix, l.number, l.date, l.date_chosen AS dateChosen, l.subject,
  l.addressee, l.paper, l.signer_id AS signerId, l.source, l.sha256, l.pages, l.verify_token AS verifyToken, l.prints,
  l.void_reason AS voidReason,
  l.created_at AS createdAt, l.issued_at AS issuedAt`

/** A letter made on this desk. Throws AppError not_found. */
export function letterRow(desk: Pick<Desk, 'db'>, letterId: string): LetterRow {
  const row = desk.db.get<LetterRow>(`SELECT ${COLUMNS} FROM letters l WHERE l.id = ?`, letterId)
  if (!row) throw new AppError('not_found', `letter ${letterId}`)
  return row
}

/** The unfinished letter of this desk about the same thing, which a new draft replaces. */
export function unfinishedLetter(
  desk: Pick<Desk, 'db'>,
  about: Pick<LetterRow, 'kind' | 'reportId' | 'replyId' | 'dispositionId'>,
): LetterRow | undefined {
  return desk.db.get<LetterRow>(
    `SELECT ${COLUMNS} FROM letters l WHERE l.report_id = ? AND l.kind = ? AND l.reply_id IS ? AND l.disposition_id IS ?
       AND l.state IN ('draft', 'waiting_number') ORDER BY l.created_at DESC LIMIT 1`,
    about.reportId,
    about.kind,
    about.replyId,
    about.dispositionId,
  )
}

interface Joined extends Partial<LetterRow> {
  id: string
  reportId: string
  reportNumber: string | null
  mirrored: string | null
  spoiling: number
  voiding: string | null
}

const ON_ITS_WAY = `(o.state IN ('held','queued','sending','signed_out') OR (o.state = 'applied' AND o.settled_seq IS NULL))`

// What our acts have made of a letter. A refused act has made nothing; a letter whose issue was given up is void.
const ACTS = `
  EXISTS (SELECT 1 FROM outbox o WHERE o.report_id = LETTER.report_id AND o.kind = 'letter.spoil'
    AND o.payload ->> '$.letter.id' = LETTER.id AND ${ON_ITS_WAY}) AS spoiling,
  (SELECT o.payload ->> '$.reason' FROM outbox o WHERE o.report_id = LETTER.report_id AND o.kind = 'letter.void'
    AND o.payload ->> '$.letterId' = LETTER.id AND ${ON_ITS_WAY} LIMIT 1) AS voiding`

// A letter is here because this desk made it, because the feed brought it, or both; then the hub's word counts.
const OWN = `SELECT ${COLUMNS}, c.number AS reportNumber, m.body AS mirrored, ${ACTS.replaceAll('LETTER', 'l')}
FROM letters l LEFT JOIN m_rows m ON m.kind = 'letter' AND m.id = l.id LEFT JOIN report_current c ON c.id = l.report_id`

const FOREIGN = `SELECT m.id, m.report_id AS reportId, c.number AS reportNumber, m.body AS mirrored, ${ACTS.replaceAll('LETTER', 'm')}
FROM m_rows m LEFT JOIN report_current c ON c.id = m.report_id
WHERE m.kind = 'letter' AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.id = m.id)`

/** Letters of the office, newest first; other devices' letters come from the feed. */
export function listLetters(desk: Desk, { year, kind, reportId }: Parsed<'letters.list'>): LetterView[] {
  const own =
    reportId === null
      ? desk.db.all<Joined>(`${OWN} WHERE (?1 IS NULL OR l.year = ?1)`, year)
      : desk.db.all<Joined>(`${OWN} WHERE l.report_id = ?1`, reportId)
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
    desk.db.get<Joined>(`${OWN} WHERE l.id = ?`, letterId) ??
    desk.db.get<Joined>(`${FOREIGN} AND m.id = ?`, letterId)
  if (!row) throw new AppError('not_found', `letter ${letterId}`)
  return letterView(desk, row)
}

function letterView(desk: Desk, row: Joined): LetterView {
  // One of the two is there: the SELECTs see to it.
  const facts = (row.mirrored === null ? row : JSON.parse(row.mirrored)) as Letter & LetterRow
  const base = desk.settings()?.verifyBaseUrl
  const voidReason = facts.voidReason ?? row.voiding
  const unregistered = row.mirrored === null && facts.n !== null
  return {
    id: row.id,
    kind: facts.kind,
    state: voidReason === null ? facts.state : 'void',
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
    voidReason,
    verifyUrl: facts.verifyToken && base !== undefined ? verifyUrl(base, facts.verifyToken) : null,
    prints: row.prints ?? 0,
    createdAt: row.createdAt ?? facts.issuedAt,
    issuedAt: facts.issuedAt,
    pending: row.voiding !== null || row.spoiling === 1 || (unregistered && voidReason === null),
  }
}

/** The profile in force today. Throws AppError no_profile. */
export const currentProfile = (desk: Desk): Output<'letters.profile'> => profileFor(desk, today(desk))

/** The office's date now. */
export const today = (desk: Desk): string => dateAt(desk.host.now(), officeOffset(desk))

/** The profile in force on a date. Throws AppError no_profile. */
export function profileFor(desk: Desk, date: string): Output<'letters.profile'> {
  const profile = profileOn(desk.settings()?.letterProfiles ?? [], date)
  if (!profile) throw new AppError('no_profile', `no letter profile on ${date}`)
  return profile
}
