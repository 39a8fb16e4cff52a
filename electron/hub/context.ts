import type { Db, Sql } from './db/engine.ts'
import type { RateLimit } from './auth/rate-limit.ts'
import type { Wake } from './feed/wake.ts'
import type { Pictures } from './pictures/pictures.ts'

/** One structured log line: ids, counts and durations, never a citizen's words. */
export type Log = (line: { event: string } & Record<string, string | number | boolean | null>) => void

/** One transaction that changes something, with the time and ids it uses. */
export interface Work extends Sql {
  /** Hub time of the whole transaction, ms. */
  now: number
  newId(): string
  /** Agencies whose feed grew; woken after the commit. */
  touched: Set<string>
}

/** Everything the routes share. Time, ids and randomness are arguments, so tests and practice data can steer them. */
export interface Hub {
  db: Db
  id: string
  epoch: number
  /** Shown to people; from the set-up file once it is imported. */
  name: string
  practice: boolean
  dataDir: string
  clock: () => number
  random: (bytes: number) => Uint8Array
  log: Log
  wake: Wake
  tries: RateLimit
  /** Null where the codec does not run: no picture is taken then, all text is. */
  pictures: Pictures | null
  adminTokenHash: string
  /** One transaction at the hub's time; `at` is for practice data alone. */
  work<T>(fn: (work: Work) => Promise<T>, at?: number): Promise<T>
}
