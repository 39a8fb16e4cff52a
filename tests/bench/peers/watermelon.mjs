/** WatermelonDB on SQLite (its adapter for Node, over the project's own SQLite), in a process of its own. */
import path from 'node:path'
import { costOf, obey } from '../sync/orders.mjs'
import { load, mustBe } from './load.mjs'

/** Rows of one pull. */
const PAGE = 5000
/** @param {string} prefix @param {string} names */
const named = (prefix, names) => names.split(' ').map((name) => `${prefix}_${name}`)
const NUMBERS = [
  ...named('report', 'lat lon requestedAt'),
  ...named(
    'state',
    'reopenCount clockStartedAt verifiedAt responseMetAt settlementMetAt citizenRepliedAt updatedAt',
  ),
]
const FLAGS = named('state', 'oversight anonymous confidential')
const TEXTS = [
  ...named('report', 'agencyId number serviceCode serviceName subject body address district channel'),
  ...named('report', 'attachments reporter'),
  ...named('state', 'state class priority assigneeId unit pauses reviewOn stateReason proposal groupLeadId'),
  'entries',
]

/** @param {string[]} names @param {string} type */
const columns = (names, type) =>
  names.map((name) => ({
    name,
    type,
    isOptional: true,
    isIndexed: name === 'state_state' || name === 'report_requestedAt',
  }))

/** @type {any} */
let database
/** @type {any} */
let synchronize
let url = ''
let pulled = 0

async function sync(wants = true) {
  for (let more = wants; more;) {
    more = false
    await synchronize({
      database,
      async pullChanges(/** @type {{ lastPulledAt: number | null }} */ { lastPulledAt }) {
        const answer = await fetch(`${url}/reports/pull?after=${lastPulledAt ?? 0}&limit=${PAGE}`)
        const { changes, timestamp, more: rest } = /** @type {any} */ (await answer.json())
        pulled += changes.reports.created.length + changes.reports.updated.length
        more = rest
        // Zero means "never" to it.
        return { changes, timestamp: Math.max(1, timestamp) }
      },
      async pushChanges(/** @type {{ changes: unknown }} */ { changes }) {
        const headers = { 'content-type': 'application/json' }
        await fetch(`${url}/reports/push`, { method: 'POST', headers, body: JSON.stringify(changes) })
      },
    })
  }
}

const reports = () => database.get('reports')

obey({
  open(/** @type {{ url: string, folder: string }} */ { url: address, folder }) {
    url = address
    load('@nozbe/watermelondb/utils/common/logger').default.silence()
    const { Database, Model, appSchema, tableSchema } = load('@nozbe/watermelondb')
    const { default: SQLiteAdapter } = load('@nozbe/watermelondb/adapters/sqlite')
    ;({ synchronize } = load('@nozbe/watermelondb/sync'))
    class Report extends Model {
      static table = 'reports'
    }
    const table = tableSchema({
      name: 'reports',
      columns: [...columns(TEXTS, 'string'), ...columns(NUMBERS, 'number'), ...columns(FLAGS, 'boolean')],
    })
    const schema = appSchema({ version: 1, tables: [table] })
    const adapter = new SQLiteAdapter({ dbName: path.join(folder, 'watermelon.db'), schema, jsi: false })
    database = new Database({ adapter, modelClasses: [Report] })
  },
  mirror: async () => ({ ...(await costOf(sync)), rows: await reports().query().fetchCount() }),
  changes: (/** @type {number} */ wanted) =>
    costOf(async () => {
      pulled = 0
      await sync()
      mustBe('rows pulled', pulled, wanted)
    }),
  async write(/** @type {{ ids: string[], texts: string[] }} */ { ids, texts }) {
    for (const [i, text] of texts.entries()) {
      const report = await reports().find(ids[i])
      await database.write(() =>
        report.update((/** @type {any} */ record) => {
          const entries = JSON.parse(record._getRaw('entries'))
          record._setRaw('entries', JSON.stringify([...entries, { kind: 'reply', text }]))
        }),
      )
    }
  },
  send: () => costOf(sync),
})
