import { Id } from '@shared/domain/ids.ts'
import type { Receipt, ReceiptReason } from '@shared/sync/exchange.ts'
import { dependsOn, orderedOf, type Ordered } from '@shared/sync/depends.ts'
import { Mutation } from '@shared/sync/mutations.ts'
import type { Device } from '../auth/devices.ts'
import { personOf } from '../auth/sessions.ts'
import type { Hub } from '../context.ts'
import { sqlState } from '../db/engine.ts'
import { firstFrame } from '../http/v1.ts'
import { handlers } from '../workflow/handlers.ts'
import { mayBeCured } from '../workflow/registers.ts'
import { Refused, type Handler, type Scope } from '../workflow/scope.ts'
import { applied, claim, earlierReceipt, refusal, settle } from './receipts.ts'

/** One exchange's acts, oldest first, and the sessions that vouch for them. */
interface Batch {
  sessions: Readonly<Record<string, string>>
  mutations: readonly unknown[]
}

/** What became of a batch: `later` waits for what other PCs offer again after a restore. */
interface Judged {
  receipts: Receipt[]
  later: string[]
}

/** Refusals that another PC's act, still to be offered again after a restore, may turn into effects. */
const CURABLE: readonly ReceiptReason[] = [
  'reply_not_approved',
  'unknown_letter',
  'unknown_reply',
  'wrong_state',
]

/** Thrown to roll an act back without an answer: it comes again. */
class Later extends Error {}

/**
 * Applies a batch one by one. An act that will come again (its session ran out, or the hub failed over it) holds back
 * the later ones on its report: they get no receipt and come again behind it. What depends on a refused act is not tried:
 * it is told so and keeps its id, for the day its author has decided about the other (SYNC-04).
 */
export async function applyInOrder(
  hub: Hub,
  device: Device,
  { sessions, mutations }: Batch,
  backdate = false,
): Promise<Judged> {
  const receipts: Receipt[] = []
  const later: string[] = []
  const refused: Ordered[] = []
  const waiting = new Map<string, 'later' | null>()
  for (const raw of mutations) {
    const reportId = orderedReport(raw)
    const ahead = reportId === null ? undefined : waiting.get(reportId)
    const receipt =
      ahead === undefined ? await applyMutation(hub, device, { sessions, refused }, raw, backdate) : ahead
    if (receipt === 'later') later.push((raw as { id: string }).id)
    else if (receipt) receipts.push(receipt)
    const comesAgain = receipt === 'later' || receipt === null || receipt.reason === 'session_expired'
    if (reportId !== null && comesAgain) waiting.set(reportId, receipt === 'later' ? receipt : null)
  }
  return { receipts, later }
}

/** What orders an act that is not readable as a whole. */
function readableOrder(raw: unknown): Ordered | null {
  const { kind, reportId, payload } = (raw ?? {}) as Record<string, unknown>
  if (typeof kind !== 'string' || typeof reportId !== 'string') return null
  return orderedOf({ kind, reportId, payload: typeof payload === 'object' && payload ? payload : {} })
}

/** The report on which an act's order counts; a note's never does. */
function orderedReport(raw: unknown): string | null {
  const { reportId, kind } = (raw ?? {}) as { reportId?: unknown; kind?: unknown }
  return typeof reportId === 'string' && kind !== 'report.note' ? reportId.toLowerCase() : null
}

/**
 * Applies one raw mutation in a transaction of its own, together with its receipt (SYNC-02, SYNC-04). Null when no
 * receipt can be given: it has no readable id, or the hub itself failed and the desk must send it again; `later` when the
 * hub would refuse what may yet become possible. Adds to `refused` what has no effect. `backdate` is for practice data
 * alone: the mutation counts at the time it names.
 */
async function applyMutation(
  hub: Hub,
  device: Device,
  { sessions, refused }: Pick<Batch, 'sessions'> & { refused: Ordered[] },
  raw: unknown,
  backdate = false,
): Promise<Receipt | 'later' | null> {
  const parsed = Mutation.safeParse(raw)
  if (!parsed.success) {
    const id = Id.safeParse((raw as { id?: unknown } | null)?.id)
    hub.log({ event: 'bad_mutation', device: device.id, id: id.data ?? null })
    const order = readableOrder(raw)
    if (order) refused.push(order)
    // Not stored: a newer hub may understand what this one does not.
    return id.success ? refusal(id.data, 'rejected', 'bad_mutation') : null
  }
  const m = parsed.data
  const order = orderedOf(m)
  const isMoot = refused.some((earlier) => dependsOn(order, earlier))
  try {
    const receipt =
      (await earlierReceipt(hub.db, device.agencyId, m)) ??
      // Not stored: it may go again under its id.
      (isMoot
        ? refusal(m.id, 'rejected', 'depends_on')
        : await applyOnce(hub, device, sessions[m.personId], m, backdate))
    const hasEffect = receipt.outcome === 'applied' || receipt.outcome === 'duplicate'
    if (!hasEffect && receipt.reason !== 'session_expired') refused.push(order)
    return receipt
  } catch (error) {
    if (error instanceof Later) return 'later'
    hub.log({
      event: 'mutation_failed',
      id: m.id,
      kind: m.kind,
      state: sqlState(error),
      where: firstFrame(error as Error),
    })
    // Class 22 is bad data; it would fail for ever.
    return sqlState(error)?.startsWith('22') ? refusal(m.id, 'rejected', 'bad_mutation') : null
  }
}

async function applyOnce(
  hub: Hub,
  device: Device,
  token: string | undefined,
  m: Mutation,
  backdate: boolean,
): Promise<Receipt> {
  const person = await personOf(hub.db, device, m.personId, token, hub.clock())
  // Not stored, so that the same mutation counts after the person signed in again.
  if (!person) return refusal(m.id, 'rejected', 'session_expired')
  try {
    return await hub.work(
      async (work) => {
        if (!(await claim(work, device, m))) return (await earlierReceipt(work, device.agencyId, m))!
        const handle = handlers[m.kind] as Handler<typeof m.kind>
        const scope: Scope = { work, device, person }
        return settle(work, device.agencyId, applied(m.id, await handle(scope, m as never)))
      },
      backdate ? Math.min(m.madeAt, hub.clock()) : undefined,
    )
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (CURABLE.includes(error.reason) && (await mayBeCured(hub.db, device, hub.clock()))) throw new Later()
    // The effect is rolled back; only the answer is kept.
    return hub.work(async (work) => {
      if (!(await claim(work, device, m))) return (await earlierReceipt(work, device.agencyId, m))!
      return settle(work, device.agencyId, refusal(m.id, error.outcome, error.reason, error.fields))
    })
  }
}
