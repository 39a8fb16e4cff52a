import fc from 'fast-check'
import { HUB_CONTENT_TYPE } from '@shared/sync/exchange.ts'
import type { Change } from '@shared/sync/feed.ts'
import { packChanges } from '@shared/sync/packed.ts'
import type { FetchAnswer } from '../../electron/core/host.ts'

/** What a hub, a broken one or someone in its place may answer; `json` as sent, null when it is no JSON. */
export interface Hostile {
  answer: Omit<FetchAnswer, 'url'> & { url: string | null }
}

interface PackedForm {
  tables: Record<string, unknown>[]
}

const KEYS = [
  'protocol',
  'hubId',
  'epoch',
  'hubTime',
  'baseCursor',
  'receipts',
  'changes',
  'cursor',
  'more',
  'resync',
  'reportCount',
  'digest',
  'marks',
  'minProtocol',
  'error',
  '__proto__',
  'constructor',
  'kosong',
] as const

const strange = fc.oneof(
  fc.anything({ maxDepth: 3, withBigInt: false }),
  fc.constantFrom(null, -1, 0, 1e308, 2 ** 53, NaN, '', '\u0000', 'x'.repeat(5000), [], {}, [[]], true),
  fc.string({ maxLength: 300 }),
)

const change = fc.record(
  {
    seq: fc.oneof(fc.integer({ min: -5, max: 50 }), strange),
    kind: fc.oneof(
      fc.constantFrom(
        'report',
        'report_state',
        'entry',
        'reply',
        'settings',
        'person',
        'letter',
        'lease',
        'toString',
      ),
      strange,
    ),
    id: fc.oneof(fc.uuid(), fc.constantFrom('', '../..', "'; DROP TABLE outbox; --"), strange),
    version: fc.oneof(fc.integer({ min: -1, max: 9 }), strange),
    body: fc.oneof(fc.constant({ reportId: {} }), fc.constant({ attachments: 7 }), strange),
    removed: fc.oneof(fc.constant(null), fc.constant({ reason: 'reassigned', movedTo: null }), strange),
  },
  { requiredKeys: [] },
)

/** Passes the envelope's schema; what its body is worth is another matter. */
const plausible = fc.record({
  seq: fc.integer({ min: 1, max: 50 }),
  kind: fc.constantFrom(
    'report',
    'report_state',
    'entry',
    'reply',
    'settings',
    'person',
    'letter',
    'toString',
  ),
  id: fc.oneof(fc.uuid(), fc.constantFrom('', '../..', "'; DROP TABLE outbox; --")),
  version: fc.integer({ min: 1, max: 9 }),
  body: fc.oneof(fc.constant({ reportId: {} }), fc.constant({ attachments: 7 }), strange),
  removed: fc.constantFrom(null, null, { reason: 'reassigned', movedTo: null }),
})

/** Places to stop, in order and inside the page or not. */
const marks = fc.oneof(
  fc.constant([]),
  fc.array(fc.tuple(fc.integer({ min: -1, max: 7 }), fc.constantFrom('1.1.0', '1.9.0', '')), {
    maxLength: 3,
  }),
  strange,
)

/** Changes by columns, right or bent at one place. */
const columns = fc
  .record({
    changes: fc.array(plausible, { maxLength: 6 }),
    bend: fc.option(
      fc.record({
        table: fc.nat(3),
        part: fc.constantFrom('ids', 'versions', 'fields', 'columns', 'removed', 'kind'),
        how: fc.oneof(fc.constantFrom('shorter', 'longer', 'gone'), strange),
      }),
      { nil: undefined },
    ),
    order: fc.option(fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 8 }), { nil: undefined }),
    seqs: fc.option(fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), strange), { maxLength: 8 }), {
      nil: undefined,
    }),
  })
  .map(({ changes, bend, order, seqs }) => {
    const packed = packChanges(changes as Change[]) as Record<string, unknown> & PackedForm
    if (order) packed['order'] = order
    if (seqs) packed['seqs'] = seqs
    const table = bend && packed.tables[bend.table]
    if (!table) return packed
    const old = table[bend.part]
    if (bend.how === 'gone') delete table[bend.part]
    else if (bend.how === 'shorter') table[bend.part] = Array.isArray(old) ? old.slice(1) : ''
    else if (bend.how === 'longer') table[bend.part] = Array.isArray(old) ? [...(old as unknown[]), 'x'] : 'x'
    else table[bend.part] = bend.how
    return packed
  })

/** A hub's answer in every form, with nonsense for content. */
const nonsense = (valid: Record<string, unknown>, known: readonly string[]) =>
  fc
    .record({
      changes: fc.oneof(fc.array(plausible, { maxLength: 6 }), columns),
      marks: fc.option(marks, { nil: undefined }),
      receipts: fc.array(
        fc.record({
          mutationId: fc.oneof(fc.constantFrom(...known), fc.uuid()),
          outcome: fc.constantFrom('applied', 'duplicate', 'rejected', 'conflict'),
          version: fc.constantFrom(null, -3, 7),
          reason: fc.constantFrom(null, 'changed', 'session_expired', 'brand_new'),
          fields: fc.constantFrom(null, {}, { priority: 'low' }, { __proto__: 1 }),
        }),
        { maxLength: 4 },
      ),
      more: fc.boolean(),
      epoch: fc.constantFrom(1, 1, 1, 2, -1),
      resync: fc.constantFrom(null, null, 'other_epoch', ''),
      cursor: fc.constantFrom('1.9.0', '', 'x'.repeat(200)),
      hubTime: fc.constantFrom(0, 1, 8.64e15),
      digest: fc.constantFrom(null, { count: 0, hash: '' }, { count: 3, hash: 'f'.repeat(16) }),
    })
    .map((parts) => ({ ...valid, ...parts }))

const receipt = (known: readonly string[]) =>
  fc.record(
    {
      mutationId: fc.oneof(fc.constantFrom(...known), fc.uuid(), strange),
      outcome: fc.oneof(fc.constantFrom('applied', 'duplicate', 'rejected', 'conflict'), strange),
      version: fc.oneof(fc.integer(), fc.constant(null), strange),
      reason: fc.oneof(fc.constantFrom(null, 'changed', 'session_expired'), strange),
      fields: fc.oneof(fc.constant(null), fc.constant({ priority: 'low' }), strange),
    },
    { requiredKeys: [] },
  )

/** A right answer with some of it spoilt: what a schema must see through. */
const spoilt = (valid: Record<string, unknown>, known: readonly string[]) =>
  fc
    .record({
      drop: fc.subarray(Object.keys(valid), { maxLength: 2 }),
      put: fc.dictionary(fc.constantFrom(...KEYS), strange, { maxKeys: 2 }),
      changes: fc.option(fc.array(fc.oneof(change, strange), { maxLength: 6 }), { nil: undefined }),
      receipts: fc.option(fc.array(fc.oneof(receipt(known), strange), { maxLength: 4 }), { nil: undefined }),
      more: fc.option(fc.boolean(), { nil: undefined }),
    })
    .map(({ drop, put, changes, receipts, more }) => {
      const json: Record<string, unknown> = { ...valid, ...put }
      if (changes) json['changes'] = changes
      if (receipts) json['receipts'] = receipts
      if (more !== undefined) json['more'] = more
      for (const key of drop) delete json[key]
      return json
    })

const typeHeader = fc.oneof(
  { weight: 8, arbitrary: fc.constant(HUB_CONTENT_TYPE) },
  fc.constantFrom('text/html', 'application/json', '', `${HUB_CONTENT_TYPE}; charset=utf-8`),
  fc.string(),
)
const status = fc.oneof(
  { weight: 8, arbitrary: fc.constant(200) },
  fc.constantFrom(
    0,
    201,
    204,
    206,
    301,
    302,
    304,
    400,
    401,
    403,
    404,
    407,
    409,
    426,
    429,
    500,
    502,
    503,
    511,
    999,
  ),
)

/** Hostile answers around `valid`, a right one; `known` are ids of acts that wait. */
export function hostileAnswers(
  valid: Record<string, unknown>,
  known: readonly string[],
): fc.Arbitrary<Hostile> {
  const text = (json: unknown) => JSON.stringify(json) ?? 'undefined'
  const body = fc.oneof(
    { weight: 4, arbitrary: nonsense(valid, known).map((json) => Buffer.from(text(json))) },
    { weight: 6, arbitrary: spoilt(valid, known).map((json) => Buffer.from(text(json))) },
    {
      weight: 2,
      arbitrary: fc.anything({ maxDepth: 4, withBigInt: false }).map((json) => Buffer.from(text(json))),
    },
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(spoilt(valid, known), fc.nat(2000)).map(([json, at]) => Buffer.from(text(json)).subarray(0, at)),
    fc.nat(3000).map((depth) => Buffer.from('['.repeat(depth))),
    fc.constant(Buffer.from(text({ error: { code: '__proto__', message: 1 } }))),
    fc
      .constantFrom('device_revoked', 'protocol_too_new', 'protocol_too_old', 'hasOwnProperty', 'internal')
      .map((code) => Buffer.from(text({ error: { code, message: 'x' } }))),
  )
  const url = fc.oneof(
    { weight: 8, arbitrary: fc.constant(null) },
    fc.constantFrom('http://portal.example/', 'javascript:alert(1)', 'https://[', 'http://hub.example:81/'),
  )
  return fc
    .record({ status, type: typeHeader, body, url, retry: fc.option(fc.string(), { nil: undefined }) })
    .map((made) => ({
      answer: {
        status: made.status,
        url: made.url,
        headers: {
          'content-type': made.type,
          'x-hub-id': 'x',
          ...(made.retry === undefined ? {} : { 'retry-after': made.retry }),
        },
        body: made.body,
        wireBytes: made.body.length,
      },
    }))
}
