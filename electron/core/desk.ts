import type { Person } from '@shared/domain/person.ts'
import type { AgencySettings } from '@shared/domain/settings.ts'
import type { Queued } from '@shared/ipc/contract.ts'
import type { Topic } from '@shared/ipc/topics.ts'
import type { MutationKind, MutationPayload } from '@shared/sync/mutations.ts'
import type { DeskDb } from './db/open.ts'
import type { Host } from './host.ts'

/** This installation as the hub knows it. */
export interface Device {
  id: string
  code: string
  name: string
  agencyId: string
  hubId: string
  hubUrl: string
  practice: boolean
}

/** What commands and queries work with while a person is signed in. Made by accounts/session; dropped on sign-out. */
export interface Desk {
  readonly db: DeskDb
  readonly host: Host
  readonly device: Device
  readonly person: Person
  /** Settings of the agency as last mirrored; null before the first exchange. */
  settings(): AgencySettings | null
  /** Marks queries stale after the transaction committed. */
  stale(topics: Topic[]): void
  /** Tells the sync engine that work is waiting. Returns at once. */
  wake(): void
}

/** An act to queue. `holdMs` > 0 keeps it on this desk so that it can be undone. */
export interface NewMutation<K extends MutationKind = MutationKind> {
  kind: K
  reportId: string | null
  baseVersion: number
  payload: MutationPayload<K>
  holdMs?: number
}

/** Signature of outbox/enqueue: outbox row + audit entry + projection in one transaction, then stale topics and wake-up. */
export type Enqueue = <K extends MutationKind>(
  desk: Desk,
  mutation: NewMutation<K>,
  inSameTransaction?: () => void,
) => Queued
