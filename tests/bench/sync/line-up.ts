import { join } from 'node:path'
import { ROOT } from './data.ts'

/** Which server a client speaks to. */
export type ServerKind = 'hub' | 'rx' | 'watermelon' | 'couch' | 'express'

/** One of those that are compared. */
export interface Entrant {
  name: string
  server: ServerKind
  /** Module of its process. */
  file: string
  /** What its process is told besides address and folder. */
  opening: Record<string, unknown>
  /** At most so many reports: beyond, one run takes minutes. */
  most: number
}

const code = (name: string) => join(ROOT, '.cache/bench-sync-code', `${name}.mjs`)
const plain = join(ROOT, '.cache/bench-sync-plain/ours.mjs')
const peer = (name: string) => join(ROOT, 'tests/bench/peers', `${name}.mjs`)
const unlimited = Infinity

/** Ours and the bare limits. Their process is bundled as the product is. */
export const OURS = {
  limit: {
    name: 'L: fetch, JSON.parse, insert into the same encrypted tables',
    server: 'hub',
    file: code('ours'),
    opening: { kind: 'limit' },
    most: unlimited,
  },
  inbox: {
    name: 'L + bare insert into the inbox table',
    server: 'hub',
    file: code('ours'),
    opening: { kind: 'inbox' },
    most: 100_000,
  },
  engine: {
    name: 'ours, encrypted, all rows usable in the inbox',
    server: 'hub',
    file: code('ours'),
    opening: { kind: 'engine' },
    most: unlimited,
  },
  plainLimit: {
    name: 'L without cipher',
    server: 'hub',
    file: plain,
    opening: { kind: 'limit' },
    most: 100_000,
  },
  plain: {
    name: 'ours without cipher',
    server: 'hub',
    file: plain,
    opening: { kind: 'engine' },
    most: 100_000,
  },
} satisfies Record<string, Entrant>

/** The other engines, none of which encrypts. Batches as they do best. */
export const PEERS = {
  rx: {
    name: 'RxDB 17 HTTP replication, memory only (nothing on disk), batch 1,000',
    server: 'rx',
    file: peer('rx'),
    opening: { batch: 1000 },
    most: 100_000,
  },
  watermelon: {
    name: 'WatermelonDB 0.28 sync, SQLite, pages of 5,000',
    server: 'watermelon',
    file: peer('watermelon'),
    opening: {},
    most: 100_000,
  },
  couch: {
    name: 'PouchDB 9 on LevelDB ← zero-cost CouchDB protocol, batch 1,000',
    server: 'couch',
    file: peer('pouch'),
    opening: { batch: 1000 },
    most: 100_000,
  },
  express: {
    name: 'PouchDB 9 on LevelDB ← express-pouchdb 4.2, batch 100',
    server: 'express',
    file: peer('pouch'),
    opening: { batch: 100 },
    most: 20_000,
  },
} satisfies Record<string, Entrant>

export type EntrantName = keyof typeof OURS | keyof typeof PEERS
export const ENTRANTS: Record<EntrantName, Entrant> = { ...OURS, ...PEERS }

/** Modules of the servers' processes, and Node's flags for them. */
export const SERVER_FILES: Record<ServerKind, { file: string; flags: string[] }> = {
  hub: { file: code('hub-server'), flags: [] },
  rx: { file: code('peer-server'), flags: [] },
  watermelon: { file: code('peer-server'), flags: [] },
  couch: { file: code('peer-server'), flags: [] },
  // It loads packages of other engines, so it is no part of a bundle.
  express: {
    file: peer('couch-server'),
    flags: ['--import', join(ROOT, 'tests/bench/alias.ts')],
  },
}
