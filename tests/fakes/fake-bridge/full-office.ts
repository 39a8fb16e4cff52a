import type { Handlers } from '@shared/ipc/contract.ts'
import { answerHandlers } from './answer-handlers.ts'
import { letterHandlers } from './letter-handlers.ts'
import { syncHandlers } from './sync-handlers.ts'
import type { World } from './world.ts'

/** Pass as `extra` to FakeBridge: drafts, answers, letters and a ledger with something in every state. */
export const fullOffice = (world: World): Partial<Handlers> => ({
  ...answerHandlers(world),
  ...letterHandlers(world),
  ...syncHandlers(world),
})
