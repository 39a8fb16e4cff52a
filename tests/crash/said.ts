import type { AttachmentRef } from '@shared/domain/report.ts'
import type { Work } from '../../electron/core/accounts/open-work.ts'
import type { Desk } from '../../electron/core/desk.ts'
import type { SyncContext } from '../../electron/core/sync/context.ts'
import type { FakeHost } from '../fakes/fake-host.ts'
import type { HubAtWork, Witnessed } from './hub-at-work.ts'

type Act = 'act' | 'undo' | 'draft' | 'discard' | 'submit' | 'settle' | 'letter' | 'fetch' | 'look' | 'other'

/** What a desk says: `try` before an act, the rest once it was acknowledged. One JSON object a line. */
export type Said =
  | { try: Act; id?: string; body?: string }
  | { ok: 'act'; id: string }
  | { ok: 'undo'; id: string }
  | { ok: 'draft'; id: string; body: string }
  | { ok: 'discard'; id: string }
  | { ok: 'submit'; draft: string; id: string; body: string }
  | { ok: 'settle'; ids: string[]; cursor: number | null; files: string[] }
  | { ok: 'file' | 'fetch'; sha256: string }
  | { ok: 'letter'; report: string; sha256: string; act: string | null }
  | { ok: 'look'; body: string }
  | { ok: 'slot'; owner: string }
  | { ok: 'refused' }
  | { ok: 'other' }
  | Witnessed
  /** A process that finds what an earlier one left. `first`: reports of the first mirror. */
  | { note: 'opened'; first: number }

/** An open desk without engine, and what random acts need to know of it. */
export interface DeskAtWork {
  work: Work
  desk: Desk
  host: FakeHost
  hub: HubAtWork
  sync: SyncContext
  /** Whole number below `n`. */
  pick(n: number): number
  drafts: string[]
  files: AttachmentRef[]
  step: number
}
