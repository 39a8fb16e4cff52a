/**
 * A desk in a process of its own, to be killed. Argument 1: folder, 2: what to do. Each line on stdout is an act that
 * was acknowledged (`ack <id>`), or a moment at which the parent kills (`now`).
 */
import { join } from 'node:path'
import { writeSync } from 'node:fs'
import { PROTOCOL, type ExchangeRequest, type ExchangeResponse } from '@shared/sync/exchange.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import { openDb } from '../../electron/core/db/open.ts'
import type { Desk } from '../../electron/core/desk.ts'
import { applyPage } from '../../electron/core/mirror/apply-change.ts'
import { settingsReader } from '../../electron/core/mirror/settings.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { exchangeOnce } from '../../electron/core/sync/exchange-step.ts'
import { fakeHost } from '../fakes/fake-host.ts'
import { idOf, officeChanges, people, reportChanges } from '../core/sample.ts'

const [folder, task] = process.argv.slice(2) as [string, 'save' | 'settle']
const host = fakeHost({ dataDir: folder, seed: String(process.pid) })
const db = openDb({
  path: join(folder, 'desk.db'),
  key: Uint8Array.from({ length: 32 }, (_, i) => i),
  create: true,
})
const settings = settingsReader(db)
const desk = {
  db,
  host,
  settings,
  person: people.clerk,
  stale: () => {},
  wake: () => {},
  device: {
    id: idOf(0xd1),
    code: 'AA',
    name: '',
    agencyId: 'PUPR',
    hubId: idOf(0xb1),
    hubUrl: '',
    practice: false,
  },
} satisfies Desk
const projection = () => ({ now: host.now(), settings: settings() })
const say = (line: string) => writeSync(1, `${line}\n`)

if (getMeta(db, 'cursor') === null) {
  const changes = [...officeChanges(), ...reportChanges(1)]
  applyPage(db, { baseCursor: null, cursor: 'c1', changes, more: false }, projection)
  db.run(`INSERT INTO sessions (person_id, token, expires_at) VALUES (?, 't', 0)`, people.clerk.id)
}

if (task === 'save') {
  for (let i = 0; ; i++) {
    const payload = { text: `catatan ${i}` }
    say(
      `ack ${enqueue(desk, { kind: 'report.note', reportId: idOf(1), baseVersion: 1, payload }).mutationId}`,
    )
  }
}

/** The hub has applied everything; its answer reaches the desk, which dies while writing it down. */
const respond = (request: ExchangeRequest): ExchangeResponse => ({
  protocol: PROTOCOL,
  hubId: idOf(0xb1),
  epoch: 1,
  hubTime: 1,
  baseCursor: request.cursor,
  receipts: request.mutations.map(({ id }) => ({
    mutationId: id,
    outcome: 'applied',
    version: 2,
    reason: null,
    fields: null,
  })),
  changes: reportChanges(2),
  cursor: 'c2',
  more: false,
  resync: null,
  reportCount: 2,
})
const payload = { text: 'catatan' }
say(`ack ${enqueue(desk, { kind: 'report.note', reportId: idOf(1), baseVersion: 1, payload }).mutationId}`)
let calls = 0
await exchangeOnce(
  {
    db,
    host,
    carrier: 'https',
    stale: () => {},
    client: { exchange: (request: ExchangeRequest) => Promise.resolve(respond(request)) } as never,
    projection: () => {
      // The second time is inside the transaction, after receipts and rows were written and before the commit.
      if (++calls === 2) {
        say('now')
        for (;;);
      }
      return projection()
    },
  },
  false,
)
