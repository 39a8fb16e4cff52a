import { COLUMNS_SINCE, ExchangeRequest, MIN_PROTOCOL } from '@shared/sync/exchange.ts'
import { Removal } from '@shared/sync/feed.ts'
import { packChanges } from '@shared/sync/packed.ts'
import type { FastifyInstance } from 'fastify'
import { deviceOf, type Device } from '../auth/devices.ts'
import type { Hub } from '../context.ts'
import { applyInOrder } from '../exchange/apply.ts'
import { hearNumbers, noteOffered } from '../exchange/held-numbers.ts'
import { readCursor } from '../feed/cursor.ts'
import { readDigest } from '../feed/digest.ts'
import { changeText, readPage, type Page } from '../feed/page.ts'
import { readSnapshot, snapshotOf } from '../feed/snapshot.ts'
import { parseBody } from '../http/body.ts'
import { pressHarder } from '../http/v1.ts'
import { practiceTime } from '../practice/practice-time.ts'

/** `POST /v1/exchange`: takes mutations, answers receipts and a page of the agency's feed, in one round trip. */
export function exchangeRoute(app: FastifyInstance, hub: Hub): void {
  app.post('/exchange', async (request, reply) => {
    const device = await deviceOf(hub, request)
    const body = parseBody(ExchangeRequest, request.body)
    const started = performance.now()
    const backdate = practiceTime(hub, request) === 'made-at'
    // A desk that has not yet noticed a restored backup first offers again what the backup has lost (SYNC-04).
    const heard = !isOfOtherEpoch(hub, body.cursor) && (await hearNumbers(hub, device, body))
    const { receipts, later } = heard
      ? await applyInOrder(hub, device, body, backdate)
      : { receipts: [], later: [] }
    if (heard && !body.offering) await noteOffered(hub, device)
    const page = await pageFor(hub, device.agencyId, body)
    const digest =
      body.want.digest && !page.more ? await readDigest(hub.db, device.agencyId, page.cursor) : null
    await remember(hub, device, body)
    const ms = Math.round(performance.now() - started)
    hub.log({
      event: 'exchange',
      device: device.id,
      mutations: body.mutations.length,
      changes: page.rows.length,
      more: page.more,
      resync: page.resync,
      ms,
    })
    const head = {
      protocol: body.protocol,
      hubId: hub.id,
      epoch: hub.epoch,
      hubTime: hub.clock(),
      baseCursor: body.cursor,
      echo: body.want.echo ?? null,
      receipts,
      later,
    }
    const { cursor, more, resync, reportCount } = page
    const keptUpTo = resync === 'other_epoch' ? await restoredTo(hub) : undefined
    const facts = { cursor, more, resync, reportCount, digest, minProtocol: MIN_PROTOCOL, keptUpTo }
    if (isSlowLink(body)) pressHarder(reply)
    const changes = changesIn(body.protocol, page)
    return `${JSON.stringify(head).slice(0, -1)},${changes},${JSON.stringify(facts).slice(1)}`
  })
}

/** Hub time of the last act in the backup that the hub came from. */
async function restoredTo({ db }: Hub): Promise<number | undefined> {
  const [row] = await db.q<{ value: string }>(`select value from meta where key = 'restored_to'`)
  return row && Number(row.value)
}

/** A desk that wants no more than this a page sits behind a link where bytes cost more than the hub's time. */
const SLOW_LINK_BYTES = 512 * 1024
const isSlowLink = ({ want }: Pick<ExchangeRequest, 'want'>) =>
  want.maxBytes !== undefined && want.maxBytes <= SLOW_LINK_BYTES

/** The page as members of the answer, in the words of `protocol`. */
function changesIn(protocol: number, { rows, marks }: Page): string {
  // Rows are already JSON; joining texts spares parsing and writing them again.
  if (protocol < COLUMNS_SINCE) return `"changes":[${rows.map(changeText).join(',')}]`
  const changes = rows.map((row) => ({
    seq: row.seq!,
    kind: row.kind,
    id: row.entity_id,
    version: row.version,
    body: row.body === null ? null : (JSON.parse(row.body) as unknown),
    removed: row.removed === null ? null : Removal.parse(JSON.parse(row.removed)),
  }))
  return `"changes":${JSON.stringify(packChanges(changes))},"marks":${JSON.stringify(marks)}`
}

function isOfOtherEpoch(hub: Hub, cursor: string | null): boolean {
  const known = cursor === null ? null : readCursor(cursor)
  return known !== null && known.epoch !== hub.epoch
}

function pageFor(
  hub: Hub,
  agencyId: string,
  { cursor, want }: Pick<ExchangeRequest, 'cursor' | 'want'>,
): Promise<Page> {
  const begins = cursor === null && want.order === 'urgent'
  if (begins || (cursor !== null && snapshotOf(cursor)))
    return readSnapshot(hub.db, agencyId, hub.epoch, cursor, roomOf(want))
  return readPage(hub.db, agencyId, hub.epoch, cursor, roomOf(want))
}

/** Letters that one compressed byte holds at the least, even of texts that were never seen before. */
const LETTERS_A_BYTE = 3

const roomOf = ({ maxChanges, maxBytes }: ExchangeRequest['want']) => ({
  changes: maxChanges,
  letters: maxBytes === undefined ? Infinity : maxBytes * LETTERS_A_BYTE,
})

/** Notes what the device has safely (its cursor) and the head of its audit chain (AUDIT-01). */
async function remember(
  hub: Hub,
  device: Device,
  body: Pick<ExchangeRequest, 'cursor' | 'audit'>,
): Promise<void> {
  const acked = body.cursor === null ? 0 : (readCursor(body.cursor)?.seq ?? 0)
  const { audit } = body
  const [known] = await hub.db.q<{ audit_count: number | null; audit_head: string | null }>(
    'update devices set acked_seq = $2 where id = $1 returning audit_count, audit_head',
    [device.id, acked],
  )
  if (!audit || (known?.audit_count === audit.count && known.audit_head === audit.head)) return
  const { audit_count: count, audit_head: head } = known!
  await hub.work(async (work) => {
    if (count === null || audit.count > count) {
      await work.q('update devices set audit_count = $2, audit_head = $3 where id = $1', [
        device.id,
        audit.count,
        audit.head,
      ])
      return
    }
    // A chain only grows: a shorter one, or another head at the same length, was cut or rewritten on that PC.
    const data = JSON.stringify({ deviceId: device.id, known: { count, head }, told: audit })
    // Once per finding: the desk tells the same at every exchange.
    await work.q(
      `insert into audit_log select $1, $2, null, null, 'audit_chain_altered', $3::jsonb, $4
       where not exists (select 1 from audit_log where action = 'audit_chain_altered' and data = $3::jsonb)`,
      [work.newId(), device.agencyId, data, work.now],
    )
  })
  if (count !== null && audit.count <= count) hub.log({ event: 'audit_chain_altered', device: device.id })
}
