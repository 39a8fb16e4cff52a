import { dateAt } from '@shared/domain/days.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import type { SyncContext } from './context.ts'
import { originalsMode, waitingFiles, type Carried } from './wanted.ts'

/** Bytes of one office day over the network. */
interface Day {
  day: string
  text: number
  files: number
  /** A person said: fetch the pictures today whatever they cost. */
  allowed: boolean
}

/** What applies until a person chooses: more than an office's text, and most of its photos. */
export const DEFAULT_DAILY_BYTES = 500_000_000
/** Parts of the day's budget up to which pictures come; the rest is for the text, which is never held back (P25). */
const SHARES = { thumbs: 0.9, originals: 0.8 }
/** More than this is announced before it is fetched. */
export const ASK_FROM_BYTES = 20_000_000

type Counted = Carried & {
  host: Pick<SyncContext['host'], 'now'>
  projection: SyncContext['projection']
}

/** Why pictures wait: the day's budget is used, or a person has not yet seen what they cost. */
export type FilesPaused = 'budget' | 'ask'

/** Adds what an exchange or a picture cost. The practice hub is in this computer and costs nothing. */
export function spend(ctx: Counted, kind: 'text' | 'files', bytes: number): void {
  if (ctx.carrier === 'practice' || bytes <= 0) return
  const today = readDay(ctx)
  keep(ctx.db, { ...today, [kind]: today[kind] + bytes })
}

/** A person wants the pictures that wait, whatever they cost today. */
export function allowFiles(ctx: Counted): void {
  keep(ctx.db, { ...readDay(ctx), allowed: true })
}

/** The day's limit, bytes; null: none. */
export function dailyLimit(db: DeskDb): number | null {
  const row = db.get<{ value: string }>(`SELECT value FROM preferences WHERE key = 'daily_bytes'`)
  return row === undefined ? DEFAULT_DAILY_BYTES : (JSON.parse(row.value) as number | null)
}

/** Keeps the day's limit, bytes; null: none. */
export function setDailyLimit(db: DeskDb, bytes: number | null): void {
  db.run(
    `INSERT INTO preferences (key, value) VALUES ('daily_bytes', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    JSON.stringify(bytes),
  )
}

/** What today cost, what the waiting pictures would cost, and whether they wait for a reason. */
export function bytesStatus(ctx: Counted) {
  const { text, files, allowed } = readDay(ctx)
  const limit = dailyLimit(ctx.db)
  const { thumbs, originals } = waitingFiles(ctx)
  const now = { text, files, allowed, limit, carrier: ctx.carrier }
  const pausedThumbs = pausedBy({ ...now, waitingBytes: thumbs.bytes, share: SHARES.thumbs })
  const pausedOriginals = pausedBy({ ...now, waitingBytes: originals.bytes, share: SHARES.originals })
  return {
    today: text + files,
    todayFiles: files,
    limit,
    filesWaiting: thumbs.n + originals.n,
    filesBytes: thumbs.bytes + originals.bytes,
    paused: pausedThumbs ?? pausedOriginals,
    pausedThumbs,
    originals: originalsMode(ctx.db),
  }
}

/** Pure: whether pictures may come now, and if not, why. */
export function pausedBy(now: {
  text: number
  files: number
  allowed: boolean
  limit: number | null
  waitingBytes: number
  carrier: SyncContext['carrier']
  /** Part of the limit up to which these files come. */
  share?: number
}): FilesPaused | null {
  if (now.carrier === 'practice' || now.allowed || now.waitingBytes === 0) return null
  if (now.limit !== null && now.text + now.files >= now.limit * (now.share ?? SHARES.originals))
    return 'budget'
  return now.waitingBytes > ASK_FROM_BYTES ? 'ask' : null
}

function readDay({ db, host, projection }: Counted): Day {
  const day = dateAt(host.now(), projection().settings?.calendar.utcOffsetMinutes ?? 540)
  const text = getMeta(db, 'bytes_day')
  const known = text === null ? null : (JSON.parse(text) as Day)
  return known?.day === day ? known : { day, text: 0, files: 0, allowed: false }
}

const keep = (db: DeskDb, day: Day) => setMeta(db, 'bytes_day', JSON.stringify(day))
