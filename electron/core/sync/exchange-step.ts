import { AppError, type ErrorCode } from '@shared/ipc/errors.ts'
import {
  PROTOCOL,
  type ExchangeRequest,
  type ExchangeResponse,
  type ReceiptReason,
  type Receipt,
} from '@shared/sync/exchange.ts'
import type { ScopeDigest } from '@shared/sync/digest.ts'
import type { Mutation } from '@shared/sync/mutations.ts'
import { removeSealed } from '../archive/sealed-files.ts'
import { auditHead } from '../audit/chain.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { UNMEASURED } from '../hub-client/pace.ts'
import type { Traffic } from '../hub-client/port.ts'
import { applyPage } from '../mirror/apply-change.ts'
import { compareDigest, isDigestDue, mirrorDigest } from '../mirror/scope-digest.ts'
import { beginResync } from '../mirror/resync.ts'
import { followSessions, markSending, nextReady, releaseHeld, unmarkSending } from '../outbox/next-ready.ts'
import { confirmApplied, isOffering, notePutOff, offerAgain, settle } from '../outbox/settle.ts'
import { uploadFor, type FileFault } from './attachments.ts'
import type { SyncContext } from './context.ts'
import { logLink, type LinkEntry } from './link-log.ts'
import { pageChanges } from './page-size.ts'
import { spend } from './budget.ts'
import { heldNumbers, isToTell, noteTold } from './held-numbers.ts'

/** Age of the oldest acts offered again when the hub turns out to be an older copy of itself; no shorter than a year, as backups go. */
const OFFER_AGAIN_MS = 400 * 86_400_000

/** `acknowledged`: receipts in the answer. `waitMs`: how long the hub or a proxy asked to be left alone. */
export type ExchangeResult =
  | { type: 'exchanged'; more: boolean; acknowledged: number; durationMs: number }
  | { type: 'resync' }
  | { type: 'failed'; problem: ErrorCode; waitMs: number | null }

/**
 * One round trip: what is ready goes up, receipts and a page of the feed come down and are written in one transaction.
 * Never rejects; a failure leaves every act queued under its id.
 */
export async function exchangeOnce(ctx: SyncContext, manual: boolean): Promise<ExchangeResult> {
  const startedAt = ctx.host.now()
  const traffic: Traffic = { bytesUp: 0, bytesDown: 0 }
  const count = { sent: 0, received: 0 }
  const result = await attempt(ctx, manual, traffic, count).catch((error: unknown): ExchangeResult => {
    if (!(error instanceof AppError)) ctx.host.log('exchange_bug', { error: String(error).slice(0, 200) })
    const known = error instanceof AppError ? error : new AppError('internal')
    quietly(ctx, () => setMeta(ctx.db, 'tls_issuer', known.fields?.['issuer'] ?? null))
    return failed(known.code, traffic.retryAfterMs)
  })
  if (result.type === 'exchanged') result.durationMs = Math.max(0, ctx.host.now() - startedAt)
  // A disk too full even for these lines must not leave the engine hanging in an exchange that is over.
  quietly(ctx, () => unmarkSending(ctx.db))
  const { bytesUp, bytesDown } = traffic
  quietly(ctx, () => spend(ctx, 'text', bytesUp + bytesDown))
  quietly(ctx, () => record(ctx, result, startedAt, { ...count, bytesUp, bytesDown }))
  ctx.stale(['sync'])
  return result
}

const failed = (problem: ErrorCode, waitMs: number | null = null): ExchangeResult => ({
  type: 'failed',
  problem,
  waitMs,
})

async function attempt(
  ctx: SyncContext,
  manual: boolean,
  traffic: Traffic,
  count: { sent: number; received: number },
): Promise<ExchangeResult> {
  const sent = await takeReady(ctx, manual)
  count.sent = sent.length
  const request = requestOf(ctx, sent)
  const response = await ctx.client.exchange(request, traffic)
  // Signed out meanwhile: the answer is dropped, the acts go again under their ids.
  if (!ctx.db.open) return failed('locked')
  count.received = response.changes.length
  return accept(ctx, request, believed(request, response))
}

function record(
  { db, host, carrier }: SyncContext,
  result: ExchangeResult,
  at: number,
  cost: Pick<LinkEntry, 'sent' | 'received' | 'bytesUp' | 'bytesDown'>,
): void {
  const name = result.type === 'exchanged' ? 'ok' : result.type === 'resync' ? 'resync' : result.problem
  const durationMs = Math.max(0, host.now() - at)
  host.log('exchange', { result: name, ...cost, durationMs })
  logLink(db, { at, carrier, result: name, ...cost, durationMs })
}

function quietly({ db, host }: SyncContext, act: () => void): void {
  if (!db.open) return
  try {
    act()
  } catch (error) {
    host.log('exchange_unrecorded', { error: String(error).slice(0, 200) })
  }
}

async function takeReady(ctx: SyncContext, manual: boolean): Promise<Mutation[]> {
  const { db, host } = ctx
  db.tx(() => {
    releaseHeld(db, host.now(), manual)
    followSessions(db)
  })
  const { held, refused } = await uploadFor(ctx, nextReady(db))
  return db.tx(() => {
    refuseHere(ctx, refused)
    const ready = nextReady(db, (mutation) => !held.has(mutation.id))
    const ids = ready.map((mutation) => mutation.id)
    // An act whose file could not go counts as tried, else the engine would try it again at once, for ever.
    markSending(db, [...ids, ...held], ctx.carrier, host.now())
    return ready
  })
}

/** Without its file an act never left this PC, so its fate is known: a person decides, and a reply's text is a draft again. */
function refuseHere({ db, projection, stale }: SyncContext, refused: ReadonlyMap<string, FileFault>): void {
  const receipts = [...refused].map(([mutationId, reason]): Receipt => ({
    mutationId,
    outcome: 'rejected',
    version: null,
    reason,
    fields: null,
  }))
  stale(settle(db, receipts, projection()))
}

function requestOf({ db, host, client, isLow }: SyncContext, mutations: Mutation[]): ExchangeRequest {
  const people = new Set(mutations.map((mutation) => mutation.personId))
  const sessions = db.all<{ personId: string; token: string }>(
    'SELECT person_id AS personId, token FROM sessions',
  )
  return {
    protocol: PROTOCOL,
    sessions: Object.fromEntries(
      sessions.filter((s) => people.has(s.personId)).map((s) => [s.personId, s.token]),
    ),
    cursor: getMeta(db, 'cursor'),
    mutations,
    want: {
      // Short of room nothing is pulled; what people did still goes.
      maxChanges: isLow?.() ? 0 : pageChanges(client.pace?.() ?? UNMEASURED),
      order: 'urgent',
      ...(isDigestDue(db) ? { digest: true as const } : {}),
      echo: Buffer.from(host.random(ECHO_BYTES)).toString('base64url'),
    },
    audit: auditHead(db),
    ...(isToTell(db) ? { numbers: heldNumbers(db) } : {}),
    ...(isOffering(db) ? { offering: true as const } : {}),
  }
}

/** Long enough that no two requests of one PC share their word. */
const ECHO_BYTES = 6

/** Whether the hub wrote this answer to this request. An older hub does not say; its word is taken. */
/** Refusals the hub does not keep. */
const PASSING: readonly string[] = ['session_expired', 'depends_on'] satisfies ReceiptReason[]

const isFresh = (request: ExchangeRequest, { echo }: ExchangeResponse) =>
  (echo ?? request.want.echo) === request.want.echo

/**
 * An earlier answer delivered again is as true as it was, but for one thing: the hub does not keep a refusal for want of
 * a session or of another act, so by now the act may have happened (SYNC-02).
 */
const believed = (request: ExchangeRequest, response: ExchangeResponse): ExchangeResponse =>
  isFresh(request, response)
    ? response
    : {
        ...response,
        receipts: response.receipts.filter(({ reason }) => reason === null || !PASSING.includes(reason)),
      }

/** Receipts, rows, cursor and what is known of the hub, in one transaction (SYNC-03). */
function accept(ctx: SyncContext, request: ExchangeRequest, response: ExchangeResponse): ExchangeResult {
  const { db, host } = ctx
  const projection = ctx.projection()
  const otherEpoch = isOtherEpoch(db, response.epoch)
  // Short of room the acts still travel and their receipts count; the page waits at the hub.
  const pulls = request.want.maxChanges > 0
  const write = () => {
    const topics = settle(db, response.receipts, projection, response.hubTime)
    setMeta(db, 'clock_skew_ms', host.now() - response.hubTime)
    if (isFresh(request, response)) setMeta(db, 'audit_anchor', JSON.stringify(request.audit))
    // Also without room to pull: what a restored hub has lost goes up before anything newer does (SYNC-04).
    if (pulls || otherEpoch) setMeta(db, 'epoch', response.epoch)
    noteTold(db, request, response)
    notePutOff(db, response.later)
    if (otherEpoch || (pulls && response.resync !== null)) {
      const offered = otherEpoch ? offerAgain(db, response.hubTime - OFFER_AGAIN_MS, response.keptUpTo) : 0
      beginResync(db)
      return { topics, resync: response.resync ?? 'other_epoch', offered, files: [], quarantined: 0 }
    }
    const applied = pulls ? applyPage(db, response, ctx.projection) : null
    const resync = applied && !response.more ? atFeedsEnd(ctx, response) : null
    const { files = [], quarantined = 0, topics: changed = [] } = applied ?? {}
    return { topics: [...topics, ...changed], resync, offered: 0, files, quarantined }
  }
  // The ballast is for what people do, never for what the hub can send again.
  const outcome = db.tx(write, { ballast: false })
  for (const sha256 of outcome.files) removeSealed(host.dataDir, sha256)
  if (outcome.quarantined > 0) host.log('changes_not_understood', { count: outcome.quarantined })
  ctx.stale(outcome.topics)
  if (outcome.resync !== null) {
    host.log('resync', { reason: outcome.resync, offered: outcome.offered })
    return { type: 'resync' }
  }
  return afterAnswer(ctx, request, response)
}

/** The mirror equals the hub's feed, unless its digest says otherwise: then the scope is fetched again, and nothing is called synced. */
function atFeedsEnd(
  { db, host, projection }: SyncContext,
  response: ExchangeResponse,
): 'digest_differs' | null {
  confirmApplied(db, projection())
  const { hash = null, count = null } = response.digest ?? {}
  if (compareDigest(db, response.digest ?? null) === 'differs') {
    host.log('digest_differs', { hubCount: count, hubHash: hash, ...prefixed(mirrorDigest(db)) })
    beginResync(db)
    return 'digest_differs'
  }
  setMeta(db, 'last_synced_at', response.hubTime)
  setMeta(db, 'hub_report_count', response.reportCount)
  return null
}

const prefixed = ({ count, hash }: ScopeDigest) => ({ deskCount: count, deskHash: hash })

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
  const more = pulled || hasFreshWork(db)
  return { type: 'exchanged', more, acknowledged: spoken, durationMs: 0 }
}

/** Acts that became ready and have not been tried: those without a receipt wait for the next occasion instead. */
function hasFreshWork(db: DeskDb): boolean {
  const untried = `SELECT 1 FROM outbox WHERE id = ? AND attempts = 0`
  return nextReady(db).some((mutation) => db.get(untried, mutation.id) !== undefined)
}

function isOtherEpoch(db: DeskDb, epoch: number): boolean {
  const known = getMeta(db, 'epoch')
  return known !== null && Number(known) !== epoch
}
