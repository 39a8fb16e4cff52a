import type { AttachmentRef } from '@shared/domain/report.ts'
import type { DeskDb } from '../db/open.ts'
import type { SyncContext } from './context.ts'

/** What decides whether originals come by themselves. */
export interface Carried {
  db: DeskDb
  carrier: SyncContext['carrier']
  client: Pick<SyncContext['client'], 'pace'>
}

/** Files sought in one look at the list. */
const BATCH = 50
/** Small pictures sought in one look. */
const THUMBS = 400

/** A small picture that is not here yet. */
export interface WantedThumb {
  sha256: string
  size: number
}

/** Whether originals come by themselves: `fast` only over a link that carries them easily, `asked` never. */
export type OriginalsMode = 'fast' | 'asked'

/** From this measured rate on, bytes per second, originals come by themselves: a photo takes a few seconds. */
export const FAST_BPS = 250_000

/** What a person chose; `fast` until then. */
export function originalsMode(db: DeskDb): OriginalsMode {
  const row = db.get<{ value: string }>(`SELECT value FROM preferences WHERE key = 'originals'`)
  return row?.value === '"asked"' ? 'asked' : 'fast'
}

/** Keeps what a person chose. */
export function setOriginalsMode(db: DeskDb, mode: OriginalsMode): void {
  db.run(
    `INSERT INTO preferences (key, value) VALUES ('originals', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    JSON.stringify(mode),
  )
}

/** What the choice means now: the practice hub is in this computer; an unmeasured link counts as slow. */
export function comeAlone({ db, carrier, client }: Carried): boolean {
  if (originalsMode(db) === 'asked') return false
  return carrier === 'practice' || (client.pace?.().downBps ?? 0) >= FAST_BPS
}

/** Of an attachment `a`: the original is to come. Without a small picture there is nothing else to look at. */
const toCome = (alone: boolean) =>
  `a.state = 'wanted' AND (a.asked_at IS NOT NULL OR a.thumb_sha256 IS NULL${alone ? ' OR 1' : ''})`

const THUMB_TO_COME = `a.state = 'wanted' AND a.thumb_sha256 IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM thumbs t WHERE t.sha256 = a.thumb_sha256)`

/** Newest reports first. */
const NEWEST = `(SELECT max(r.rid) FROM attachment_refs f JOIN m_reports r ON r.id = f.report_id WHERE f.sha256 = a.sha256) DESC`

const FILE = 'a.sha256, a.mime, a.size, a.name'

type Looking = Pick<SyncContext, 'db' | 'isLow'>

/** Originals that a person asked for, first come first served; none while room is short. */
export function nextAsked({ db, isLow }: Looking, skip: ReadonlySet<string>): AttachmentRef[] {
  if (isLow?.()) return []
  return db
    .all<AttachmentRef>(
      `SELECT ${FILE} FROM attachments a WHERE a.asked_at IS NOT NULL AND a.state = 'wanted' ORDER BY a.asked_at LIMIT ?`,
      skip.size + BATCH,
    )
    .filter((row) => !skip.has(row.sha256))
}

/** Small pictures that are not here, of the newest reports first; none while room is short. */
export function nextThumbs({ db, isLow }: Looking, skip: ReadonlySet<string>): WantedThumb[] {
  if (isLow?.()) return []
  const rows = db.all<WantedThumb>(
    `SELECT a.thumb_sha256 AS sha256, a.thumb_size AS size FROM attachments a WHERE ${THUMB_TO_COME} ORDER BY ${NEWEST} LIMIT ?`,
    skip.size + THUMBS,
  )
  const seen = new Set(skip)
  return rows.filter(({ sha256 }) => !seen.has(sha256) && seen.add(sha256))
}

/** Originals that come by themselves, of the newest reports first; none while room is short. */
export function nextOriginals(
  ctx: Looking & Omit<Carried, 'db'>,
  skip: ReadonlySet<string>,
): AttachmentRef[] {
  if (ctx.isLow?.()) return []
  return ctx.db
    .all<AttachmentRef>(
      `SELECT ${FILE} FROM attachments a WHERE ${toCome(comeAlone(ctx))} ORDER BY ${NEWEST} LIMIT ?`,
      skip.size + BATCH,
    )
    .filter((row) => !skip.has(row.sha256))
}

/** How many small pictures and originals are to come, and their bytes. */
export function waitingFiles(ctx: Carried) {
  const count = (size: string, where: string) =>
    ctx.db.get<{ n: number; bytes: number }>(
      `SELECT count(*) AS n, coalesce(sum(${size}), 0) AS bytes FROM attachments a WHERE ${where}`,
    )!
  return { thumbs: count('a.thumb_size', THUMB_TO_COME), originals: count('a.size', toCome(comeAlone(ctx))) }
}
