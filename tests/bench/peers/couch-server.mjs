/** A PouchDB server (express-pouchdb on LevelDB) with the data set, in a process of its own. */
import { mkdirSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import path from 'node:path'
import { CACHE } from '../sync/data.ts'
import { DocStore } from '../sync/doc-store.ts'
import { obey } from '../sync/orders.mjs'
import { load } from './load.mjs'

/** Documents of one write. */
const BATCH = 2000

/** @type {DocStore} */
let store
/** @type {any} */
let reports

/** @param {import('../sync/doc-store.ts').Kept} kept */
const couchDoc = ({ doc: { id, ...rest } }) => ({ _id: id, ...rest })

/** @param {{ count: number }} opening */
async function open({ count }) {
  store = new DocStore(count)
  const folder = path.join(CACHE, `couch-${count}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const PouchDB = load('pouchdb').defaults({ prefix: `${folder}${path.sep}` })
  reports = new PouchDB('reports')
  for (let seq = 0; seq < store.last; seq += BATCH)
    await reports.bulkDocs(store.after(seq, BATCH).map(couchDoc))
  const express = load('express')
  const app = express()
  const quiet = {
    mode: 'minimumForPouchDB',
    configPath: path.join(folder, 'config.json'),
    logPath: path.join(folder, 'log.txt'),
  }
  app.use('/', load('express-pouchdb')(PouchDB, quiet))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: server.address().port }
}

/** @param {{ count: number }} asked */
async function change({ count }) {
  const ids = store.change(count)
  for (const id of ids) {
    const { _rev } = await reports.get(id)
    await reports.put({ ...couchDoc(store.get(id)), _rev })
  }
  return ids
}

obey({ open, change, worked: () => store.worked })
