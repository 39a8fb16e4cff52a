import type { Input } from '@shared/ipc/contract.ts'
import type { ErrorCode } from '@shared/ipc/errors.ts'
import { call, codeOf } from '../../bridge/call.ts'

/** One report's act of a bulk act that was refused, and why. */
export interface Refused {
  id: string
  code: ErrorCode
}

/** Does each act on its own: one that is refused stops none of the others. Answers the refused ones. */
export async function runEach(acts: readonly Input<'reports.triage'>[]): Promise<Refused[]> {
  const refused: Refused[] = []
  for (const act of acts) {
    try {
      await call('reports.triage', act)
    } catch (error) {
      refused.push({ id: act.reportId, code: codeOf(error) })
    }
  }
  return refused
}
