/** RxDB with its HTTP replication, in a process of its own. Its free storage for Node keeps everything in memory alone. */
import { costOf, obey } from '../sync/orders.mjs'
import { load, mustBe } from './load.mjs'

const MOST = { type: 'object' }
const SCHEMA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    stateName: { type: 'string', maxLength: 40 },
    requestedAt: { type: 'number', minimum: 0, maximum: 4e12, multipleOf: 1 },
    report: MOST,
    state: MOST,
    entries: { type: 'array' },
  },
  required: ['id', 'stateName', 'requestedAt'],
  indexes: ['stateName', 'requestedAt'],
}

/** @type {any} */
let reports
/** @type {any} */
let replication
let pulled = 0
let pushed = 0

/** @param {{ url: string, batch: number }} opening */
function replicate({ url, batch }) {
  return load('rxdb/plugins/replication').replicateRxCollection({
    collection: reports,
    replicationIdentifier: 'bench',
    live: true,
    waitForLeadership: false,
    pull: {
      batchSize: batch,
      async handler(/** @type {{ seq: number } | undefined} */ checkpoint, /** @type {number} */ limit) {
        const answer = await fetch(`${url}/reports/pull?after=${checkpoint?.seq ?? 0}&limit=${limit}`)
        const page = /** @type {{ documents: unknown[] }} */ (await answer.json())
        pulled += page.documents.length
        return page
      },
    },
    push: {
      batchSize: batch,
      async handler(/** @type {unknown[]} */ rows) {
        const headers = { 'content-type': 'application/json' }
        const body = JSON.stringify(rows)
        const answer = await fetch(`${url}/reports/push`, { method: 'POST', headers, body })
        pushed += rows.length
        return answer.json()
      },
    },
  })
}

/** @type {{ url: string, batch: number }} */
let opening

async function mirror() {
  replication = replicate(opening)
  replication.error$.subscribe((/** @type {unknown} */ error) => console.error(error))
  await replication.awaitInitialReplication()
}

obey({
  async open(/** @type {{ url: string, batch: number }} */ given) {
    opening = given
    const { createRxDatabase } = load('rxdb')
    const { getRxStorageMemory } = load('rxdb/plugins/storage-memory')
    const database = await createRxDatabase({
      name: 'bench',
      storage: getRxStorageMemory(),
      multiInstance: false,
    })
    ;({ reports } = await database.addCollections({ reports: { schema: SCHEMA } }))
  },
  mirror: async () => ({ ...(await costOf(mirror)), rows: await reports.count().exec() }),
  changes: (/** @type {number} */ wanted) =>
    costOf(async () => {
      pulled = 0
      replication.reSync()
      await replication.awaitInSync()
      mustBe('documents pulled', pulled, wanted)
    }),
  async write(/** @type {{ ids: string[], texts: string[] }} */ { ids, texts }) {
    await replication.cancel()
    for (const [i, text] of texts.entries()) {
      const doc = await reports.findOne(ids[i]).exec()
      await doc.incrementalModify((/** @type {any} */ data) => {
        data.entries = [...data.entries, { kind: 'reply', text }]
        return data
      })
    }
  },
  send: (/** @type {number} */ answers) =>
    costOf(async () => {
      pushed = 0
      await mirror()
      await replication.awaitInSync()
      mustBe('documents pushed', pushed, answers)
    }),
})
