import { AppError } from '@shared/ipc/errors.ts'
import {
  PROTOCOL,
  type ExchangeRequest,
  type ExchangeResponse,
  type ReceiptReason,
  type Receipt,
} from '@shared/sync/exchange.ts'
import type { Mutation } from '@shared/sync/mutations.ts'
import { auditHead } from '../audit/chain.ts'
import { getMeta, setMeta } from '../db/meta.ts'
import type { DeskDb } from '../db/open.ts'
import { UNMEASURED } from '../hub-client/pace.ts'
import type { Traffic } from '../hub-client/port.ts'
import { isDigestDue } from '../mirror/scope-digest.ts'
import { followSessions, markSending, nextReady, releaseHeld, unmarkSending } from '../outbox/next-ready.ts'
import { isOffering, settle } from '../outbox/settle.ts'
import { acceptAnswer, failed, isFresh, isOtherEpoch, type ExchangeResult } from './accept-answer.ts'
import { lacksFiles, uploadFor, type FileFault } from './attachments.ts'
import type { SyncContext } from './context.ts'
import { logLink, type LinkEntry } from './link-log.ts'
import { pageSize } from './page-size.ts'
import { readAhead, takeAhead } from './read-ahead.ts'
import { spend } from './budget.ts'
import { heldNumbers, isToTell } from './held-numbers.ts'

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
  if (result.type !== 'exchanged' || !result.more) ctx.filesNext = false
  if (result.type !== 'exchanged') ctx.ahead = null
  // A disk too full even for these lines must not leave the engine hanging in an exchange that is over.
  quietly(ctx, () => unmarkSending(ctx.db))
  const { bytesUp, bytesDown } = traffic
  // In the middle of a long pull a line is not worth a flush of its own.
  const durable = result.type !== 'exchanged' || !result.more || count.sent > 0
  quietly(ctx, () =>
    ctx.db.tx(
      () => {
        spend(ctx, 'text', bytesUp + bytesDown)
        record(ctx, result, startedAt, { ...count, bytesUp, bytesDown })
      },
      { durable },
    ),
  )
  ctx.stale(['sync'])
  return result
}

async function attempt(
  ctx: SyncContext,
  manual: boolean,
  traffic: Traffic,
  count: { sent: number; received: number },
): Promise<ExchangeResult> {
  const { sent, filesNext } = await takeReady(ctx, manual)
  ctx.filesNext ||= filesNext
  count.sent = sent.length
  const asked = requestOf(ctx, sent)
  const ahead = await takeAhead(ctx, asked, traffic)
  const { request, response } = ahead ?? {
    request: asked,
    response: await ctx.client.exchange(asked, traffic),
  }
  // Signed out meanwhile: the answer is dropped, the acts go again under their ids.
  if (!ctx.db.open) return failed('locked')
  count.received = response.changes.length
  const next = nextPage(ctx, request, response)
  if (next) readAhead(ctx, next)
  const result = await acceptAnswer(ctx, request, believed(request, response))
  return result.type === 'exchanged' && filesNext ? { ...result, more: true } : result
}

/** The request for the page after this one, to be under way while this one is written; null when it may not come. */
function nextPage(
  ctx: SyncContext,
  { cursor, want }: ExchangeRequest,
  response: ExchangeResponse,
): ExchangeRequest | null {
  const moves = response.baseCursor === cursor && response.cursor !== cursor
  if (!moves || !response.more || response.resync !== null || want.maxChanges === 0) return null
  // Of a hub that came back from a backup nothing is asked before it has been told what it lost.
  if (isOtherEpoch(ctx.db, response.epoch)) return null
  return { ...requestOf(ctx, []), cursor: response.cursor }
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

/**
 * The acts of this exchange, marked as being sent. Text does not wait for photos: acts whose files are still to be uploaded
 * stand back once (`filesNext`), while others can go.
 */
async function takeReady(
  ctx: SyncContext,
  manual: boolean,
): Promise<{ sent: Mutation[]; filesNext: boolean }> {
  const { db, host } = ctx
  const take = (held: ReadonlySet<string>) => {
    const ready = nextReady(db, (mutation) => !held.has(mutation.id))
    return { ready, ids: ready.map((mutation) => mutation.id) }
  }
  db.tx(() => {
    releaseHeld(db, host.now(), manual)
    followSessions(db)
  })
  const all = nextReady(db)
  const heavy = new Set(all.filter((mutation) => lacksFiles(db, mutation)).map((mutation) => mutation.id))
  // What a restored hub lost goes up in its old order.
  if (heavy.size > 0 && !ctx.filesNext && !isOffering(db)) {
    const light = db.tx(() => {
      const { ready, ids } = take(heavy)
      markSending(db, ids, ctx.carrier, host.now())
      return ready
    })
    if (light.length > 0) return { sent: light, filesNext: true }
  }
  const { held, refused } = await uploadFor(ctx, all)
  return db.tx(() => {
    refuseHere(ctx, refused)
    const { ready, ids } = take(held)
    // An act whose file could not go counts as tried, else the engine would try it again at once, for ever.
    markSending(db, [...ids, ...held], ctx.carrier, host.now())
    return { sent: ready, filesNext: false }
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
      ...(isLow?.() ? { maxChanges: 0 } : pageSize(client.pace?.() ?? UNMEASURED, isFirstLook(db))),
      order: 'urgent',
      ...(isDigestDue(db) ? { digest: true as const } : {}),
      echo: Buffer.from(host.random(ECHO_BYTES)).toString('base64url'),
    },
    audit: auditHead(db),
    ...(isToTell(db) ? { numbers: heldNumbers(db) } : {}),
    ...(isOffering(db) ? { offering: true as const } : {}),
  }
}

/** Reports without which a clerk cannot begin: until they are here, pages are short. */
const FIRST_LOOK = 50
const isFirstLook = (db: DeskDb) =>
  getMeta(db, 'mirror_complete') !== '1' &&
  db.all('SELECT 1 FROM m_reports LIMIT ?', FIRST_LOOK).length < FIRST_LOOK

/** Long enough that no two requests of one PC share their word. */
const ECHO_BYTES = 6

/** Refusals the hub does not keep. */
const PASSING: readonly string[] = ['session_expired', 'depends_on'] satisfies ReceiptReason[]

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
