// Run by the Electron to be tested, as plain Node: node try-binding.cjs <binding> <folder>. Uses what the app uses:
// a key, WAL, full-text search, and a garbage collection with live statements, where a wrong Node-API build dies.
const Database = require('better-sqlite3')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { setFlagsFromString } = require('node:v8')
const { runInNewContext } = require('node:vm')

const [, , binding = '', folder = '.'] = process.argv
const file = path.join(folder, 'try.db')
const key = `'raw:${'5a'.repeat(32)}'`

function open() {
  const database = new Database(file, { nativeBinding: binding })
  database.pragma("cipher='aegis'")
  database.pragma(`key=${key}`)
  return database
}

const writer = open()
writer.pragma('journal_mode=WAL')
writer.exec('create virtual table words using fts5(body)')
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
for (let round = 0; round < 200; round++) {
  writer.prepare('insert into words values (?)').run(`laporan ke-${round}`)
  if (round % 50 === 0) collect()
}
writer.close()
const reader = open()
const found = reader.prepare("select count(*) from words where words match 'laporan'").pluck().get()
reader.close()
collect()
if (found !== 200) throw new Error(`found ${found} of 200 rows`)
if (readFileSync(file).subarray(0, 15).toString('latin1') === 'SQLite format 3')
  throw new Error('not encrypted')
console.log('binding works')
