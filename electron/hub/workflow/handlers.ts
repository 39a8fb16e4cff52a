import type { MutationKind } from '@shared/sync/mutations.ts'
import { clock } from './clock.ts'
import { dispose } from './dispose.ts'
import { flags } from './flags.ts'
import { groups } from './groups.ts'
import { leases } from './leases.ts'
import { letters } from './letters.ts'
import { proposals } from './proposals.ts'
import { replyDecide } from './reply-decide.ts'
import { replySubmit } from './reply-submit.ts'
import { routing } from './routing.ts'
import type { Handlers } from './scope.ts'
import { triage } from './triage.ts'

/** Every kind of mutation and what it does; the type makes a forgotten kind a compile error. */
export const handlers: Handlers<MutationKind> = {
  ...triage,
  ...flags,
  ...clock,
  ...dispose,
  ...proposals,
  ...groups,
  ...routing,
  ...replySubmit,
  ...replyDecide,
  ...letters,
  ...leases,
}
