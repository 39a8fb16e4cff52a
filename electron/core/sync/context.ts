import type { Topic } from '@shared/ipc/topics.ts'
import type { ExchangeRequest, ExchangeResponse } from '@shared/sync/exchange.ts'
import type { DeskDb } from '../db/open.ts'
import type { Host } from '../host.ts'
import type { HubClient, Traffic } from '../hub-client/port.ts'
import type { Projection } from '../mirror/project.ts'
import type { PieceSize } from './pieces.ts'

/** A page on its way before the one in front of it is written. */
export interface ReadAhead {
  request: ExchangeRequest
  traffic: Traffic
  /** Null when it did not come: the exchange then asks itself, and meets the failure itself. */
  answer: Promise<ExchangeResponse | null>
}

/** What an exchange works with. Commands never see it: it needs no person. */
export interface SyncContext {
  db: DeskDb
  host: Host
  client: HubClient
  /** How acts travel, for the ledger: over the network, or to the hub in this computer. */
  carrier: 'https' | 'practice'
  /** Whether there is so little room that nothing may be pulled. */
  isLow?: () => boolean
  projection: () => Projection
  stale: (topics: Topic[]) => void
  /** The page that was asked for while the one before it was written. */
  ahead?: ReadAhead | null
  /** Acts with files stood back for lighter ones, and go with the exchange that follows at once. */
  filesNext?: boolean
  /** How much of a page this PC keeps at once. */
  pieces?: PieceSize
}
