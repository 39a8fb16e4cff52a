import type { ErrorCode } from '@shared/ipc/errors.ts'
import type { Topic } from '@shared/ipc/topics.ts'
import type { ExchangeRequest, ExchangeResponse } from '@shared/sync/exchange.ts'
import type { ScopeDigest } from '@shared/sync/digest.ts'
import { removeSealed } from '../archive/sealed-files.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { applyPage, type Applied, type FeedPage } from '../mirror/apply-change.ts'
import { beginResync } from '../mirror/resync.ts'
import { compareDigest, mirrorDigest, postponeDigest } from '../mirror/scope-digest.ts'
import { nextReady } from '../outbox/next-ready.ts'
import { confirmApplied, isOffering, notePutOff, offerAgain, settle } from '../outbox/settle.ts'
import type { SyncContext } from './context.ts'
import { noteTold } from './held-numbers.ts'
import { Pieces } from './pieces.ts'

/** Age of the oldest acts offered again when the hub turns out to be an older copy of itself; no shorter than a year, as backups go. */
const OFFER_AGAIN_MS = 400 * 86_400_000

/** `acknowledged`: receipts in the answer. `waitMs`: how long the hub or a proxy asked to be left alone. */
export type ExchangeResult =
  | { type: 'exchanged'; more: boolean; acknowledged: number; durationMs: number }
  | { type: 'resync' }
  | { type: 'failed'; problem: ErrorCode; waitMs: number | null }

export const failed = (problem: ErrorCode, waitMs: number | null = null): ExchangeResult => ({
  type: 'failed',
  problem,
  waitMs,
})

/** Whether the hub wrote this answer to this request. An older hub does not say; its word is taken. */
export const isFresh = (request: ExchangeRequest, { echo }: ExchangeResponse) =>
  (echo ?? request.want.echo) === request.want.echo

/** Why the desk starts over from a snapshot, and how many acts it offers again. */
interface Resync {
  reason: string
  offered: number
}

/**
 * Keeps the hub's answer: receipts and the page's first piece in one transaction, each further piece in its own, each with
 * the cursor it belongs to (SYNC-03). Between two pieces others have their turn, so that no click waits for a page.
 */
export async function acceptAnswer(
  ctx: SyncContext,
  request: ExchangeRequest,
  response: ExchangeResponse,
): Promise<ExchangeResult> {
  const { db, host } = ctx
  // Short of room the acts still travel and their receipts count; the page waits at the hub.
  const pieces = request.want.maxChanges > 0 ? new Pieces(response, ctx.pieces) : null
  const first = pieces?.next() ?? null
  const began = begin(ctx, request, response, first)
  const resync = began ?? (pieces && first ? await keepRest(ctx, response, pieces, first) : null)
  if (resync) {
    host.log('resync', { reason: resync.reason, offered: resync.offered })
    return { type: 'resync' }
  }
  return db.open ? afterAnswer(ctx, request, response) : failed('locked')
}

/** The hub's words on acts and on itself, with the first piece of the page. */
function begin(
  ctx: SyncContext,
  request: ExchangeRequest,
  response: ExchangeResponse,
  first: FeedPage | null,
): Resync | null {
  const { db, host } = ctx
  const projection = ctx.projection()
  const otherEpoch = isOtherEpoch(db, response.epoch)
  let kept: Applied | null = null
  let resync: Resync | null = null
  let topics: Topic[] = []
  const write = () => {
    topics = settle(db, response.receipts, projection, response.hubTime)
    setMeta(db, 'clock_skew_ms', host.now() - response.hubTime)
    const fresh = isFresh(request, response)
    if (fresh) setMeta(db, 'audit_anchor', JSON.stringify(request.audit))
    // Also without room to pull: what a restored hub has lost goes up before anything newer does (SYNC-04).
    if (first || otherEpoch) setMeta(db, 'epoch', response.epoch)
    noteTold(db, request, response, fresh)
    notePutOff(db, response.later)
    if (otherEpoch || (first && response.resync !== null)) {
      const offered = otherEpoch ? offerAgain(db, response.hubTime - OFFER_AGAIN_MS, response.keptUpTo) : 0
      beginResync(db)
      resync = { reason: response.resync ?? 'other_epoch', offered }
      return
    }
    kept = first && keepPiece(ctx, response, first)
  }
  // Only a page that can be sent again, and that takes nothing away, may go with a power cut.
  const durable = otherEpoch || response.receipts.length > 0 || !first?.more || takesAway(first)
  timed(ctx, first, () => db.tx(write, { ballast: false, durable }))
  announce(ctx, kept, topics)
  return resync
}

/** The pieces after the first; at the feed's end the mirror is compared. */
async function keepRest(
  ctx: SyncContext,
  response: ExchangeResponse,
  pieces: Pieces,
  first: FeedPage,
): Promise<Resync | null> {
  const { db, host } = ctx
  let piece: FeedPage = first
  for (let next = pieces.next(); next; next = pieces.next()) {
    await host.breathe?.()
    // Signed out or started over meanwhile: what is kept is a prefix of the feed, the rest comes again.
    if (!db.open || getMeta(db, 'cursor') !== next.baseCursor) return null
    piece = next
    const durable = !piece.more || takesAway(piece)
    const kept = timed(ctx, piece, () =>
      db.tx(() => keepPiece(ctx, response, next), { ballast: false, durable }),
    )
    announce(ctx, kept, [])
  }
  if (piece.more || getMeta(db, 'cursor') !== response.cursor || !response.digest) return null
  const slices = mirrorDigest(db)
  let slice = slices.next()
  for (; !slice.done; slice = slices.next()) {
    await host.breathe?.()
    if (!db.open || getMeta(db, 'cursor') !== response.cursor) return null
  }
  return db.tx(() => judgeMirror(ctx, response, slice.value as ScopeDigest))
}

function keepPiece(ctx: SyncContext, response: ExchangeResponse, piece: FeedPage): Applied | null {
  const { db, projection } = ctx
  const applied = applyPage(db, piece, projection)
  if (!applied || piece.more) return applied
  confirmApplied(db, projection())
  if (response.digest) return applied
  postponeDigest(db)
  markSynced(db, response)
  return applied
}

/** The mirror equals the hub's feed, unless its digest says otherwise: then the scope is fetched again, and nothing is called synced. */
function judgeMirror({ db, host }: SyncContext, response: ExchangeResponse, own: ScopeDigest): Resync | null {
  const hub = response.digest!
  if (compareDigest(db, own, hub) === 'differs') {
    const desk = { deskCount: own.count, deskHash: own.hash }
    host.log('digest_differs', { hubCount: hub.count, hubHash: hub.hash, ...desk })
    beginResync(db)
    return { reason: 'digest_differs', offered: 0 }
  }
  markSynced(db, response)
  return null
}

function markSynced(db: DeskDb, { hubTime, reportCount }: ExchangeResponse): void {
  setMeta(db, 'last_synced_at', hubTime)
  setMeta(db, 'hub_report_count', reportCount)
}

const takesAway = ({ changes }: FeedPage) => changes.some(({ removed }) => removed !== null)

function timed<T>({ host, pieces }: SyncContext, piece: FeedPage | null, act: () => T): T {
  const before = host.now()
  const value = act()
  if (piece) pieces?.learn(piece.changes.length, host.now() - before)
  return value
}

function announce({ host, stale }: SyncContext, kept: Applied | null, topics: Topic[]): void {
  const { files = [], quarantined = 0, topics: changed = [] } = kept ?? {}
  for (const sha256 of files) removeSealed(host.dataDir, sha256)
  if (quarantined > 0) host.log('changes_not_understood', { count: quarantined })
  stale([...topics, ...changed])
}

function afterAnswer(
  { db }: SyncContext,
  request: ExchangeRequest,
  response: ExchangeResponse,
): ExchangeResult {
  // Without a word on any of them the hub itself failed over these acts: asking again at once would be a flood.
  const spoken = response.receipts.length + (response.later?.length ?? 0)
  if (request.mutations.length > 0 && spoken === 0) return failed('hub_error')
  // "More" without having moved would be asked for ever, at full speed.
  const pulled = response.more && request.want.maxChanges > 0
  if (pulled && response.cursor === request.cursor) return failed('hub_error')
  // That everything was offered again is said at once: other PCs' acts wait for it (SYNC-04).
  const offered = request.offering === true && !isOffering(db)
  const more = pulled || offered || hasFreshWork(db)
  return { type: 'exchanged', more, acknowledged: spoken, durationMs: 0 }
}

/** Acts that became ready and have not been tried: those without a receipt wait for the next occasion instead. */
function hasFreshWork(db: DeskDb): boolean {
  const untried = `SELECT 1 FROM outbox WHERE id = ? AND attempts = 0`
  return nextReady(db).some((mutation) => db.get(untried, mutation.id) !== undefined)
}

/** Whether the hub's answer is of another life of the hub than what this desk holds. */
export function isOtherEpoch(db: DeskDb, epoch: number): boolean {
  const known = getMeta(db, 'epoch')
  return known !== null && Number(known) !== epoch
}
