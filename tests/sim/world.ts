import { createHash } from 'node:crypto'
import type { EnrolResponse } from '@shared/sync/exchange.ts'
import type { DeviceRecord } from '../../electron/core/accounts/device-store.ts'
import type { OpenDesk } from '../../electron/core/accounts/open-desk.ts'
import type { FetchAnswer, FetchRequest } from '../../electron/core/host.ts'
import type { DeskStore } from './desk-store.ts'
import type { HubNode } from './hub-node.ts'
import type { Ledger } from './ledger.ts'
import type { Draw } from './random.ts'
import type { SimDb } from './sim-db.ts'
import type { Timeline } from './timeline.ts'

/** One process of a desk, from start to end. */
export interface Life {
  dead: boolean
  closed: boolean
  whenDead: Promise<void>
  died: () => void
  db: SimDb
  open: OpenDesk
}

/** A PC of the simulation: a disk, a link, a clock that is wrong, and now and then a process. */
export interface DeskNode {
  name: string
  enrolled: EnrolResponse
  record: DeviceRecord
  store: DeskStore
  link: Link
  ledger: Ledger
  /** Its clock is ahead by this, ms. */
  skew: number
  life: Life | null
  personId: string
  /** Times at which the hub proved that everything was here, with the count it named. */
  proven: Map<number, number>
  lastCursor: { text: string; epoch: number; seq: number; resyncs: number } | null
}

/** The link of one desk to the hub. */
export interface Link {
  fetch(life: Life, request: FetchRequest): Promise<FetchAnswer>
  /** No packet passes until then, ms. */
  downUntil: number
}

/** What can go wrong, each with its own rate (0: never in this run). */
export interface Faults {
  loseRequest: number
  loseAnswer: number
  duplicate: number
  truncate: number
  html: number
  redirect: number
  serverError: number
  stale: number
  slow: number
  hubDies: number
  deskDies: number
}

/** A rule that a run broke. */
export class Violation extends Error {
  readonly rule: string
  constructor(rule: string, message: string) {
    super(`${rule}: ${message}`)
    this.rule = rule
  }
}

/** One run: everything in it, and what is known about it from outside. */
export interface World {
  seed: number
  timeline: Timeline
  hub: HubNode
  desks: DeskNode[]
  faults: Faults
  /** Most changes in a page of the feed. */
  page: number
  /** Folder of this run. */
  folder: string
  draw(name: string): Draw
  trace(line: string): void
  /** Notes a broken rule; the run ends at the next quiet moment. */
  broke(rule: string, message: string): void
  readonly violation: Violation | null
  /** How often each kind of thing happened: proof that a fault is not merely planned. */
  count(what: string): void
  readonly counts: ReadonlyMap<string, number>
  /** Hash of everything that was traced. */
  digest(): string
  readonly lines: readonly string[]
  /** The hub came back from a backup in this run. */
  hubRestored: boolean
  /** A disk was copied or put back in this run. */
  diskCopied: boolean
}

/** The parts of a world that only record. */
export function createRecorder(seed: number, keep: boolean, clock: () => number) {
  const hash = createHash('sha256')
  const lines: string[] = []
  const counts = new Map<string, number>()
  let violation: Violation | null = null
  return {
    lines,
    counts,
    get violation() {
      return violation
    },
    trace(line: string) {
      const text = `${clock()} ${line}`
      hash.update(text).update('\n')
      if (keep) lines.push(text)
    },
    broke(rule: string, message: string) {
      violation ??= new Violation(rule, message)
      if (keep) lines.push(`${clock()} BROKEN ${rule}: ${message}`)
    },
    count: (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    digest: () => hash.copy().update(`${seed}`).digest('hex'),
  }
}
