/** PouchDB on LevelDB as a client of a CouchDB-protocol server, in a process of its own. */
import { costOf, obey } from '../sync/orders.mjs'
import { load, mustBe } from './load.mjs'

/** @type {any} */
let PouchDB
/** @type {any} */
let local
let remote = ''
let batch = 100

const docs = async () => (await local.info()).doc_count

async function pull() {
  const result = await PouchDB.replicate(remote, local, { batch_size: batch })
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result
}

obey({
  open(/** @type {{ url: string, folder: string, batch: number }} */ { url, folder, batch: size }) {
    PouchDB = load('pouchdb')
    local = new PouchDB(folder)
    remote = `${url}/reports`
    batch = size
  },
  mirror: async () => ({ ...(await costOf(pull)), rows: await docs() }),
  changes: (/** @type {number} */ reports) =>
    costOf(async () => mustBe('documents written', (await pull()).docs_written, reports)),
  async write(/** @type {{ ids: string[], texts: string[] }} */ { ids, texts }) {
    // Whoever replicates both ways has told the server long ago that it has nothing new for the rest.
    await PouchDB.replicate(local, remote, { batch_size: batch })
    for (const [i, text] of texts.entries()) {
      const doc = await local.get(ids[i])
      await local.put({ ...doc, entries: [...doc.entries, { kind: 'reply', text }] })
    }
  },
  send: (/** @type {number} */ answers) =>
    costOf(async () => {
      const result = await PouchDB.replicate(local, remote, { batch_size: batch })
      mustBe('documents written', result.docs_written, answers)
    }),
})
