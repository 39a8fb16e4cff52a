import type { Answer, Input, Method, Output } from '@shared/ipc/contract.ts'
import type { ErrorCode } from '@shared/ipc/errors.ts'
import './window.d.ts'

/** A refused call. People read the words of `code`; `message` is for logs. */
export class CallError extends Error {
  readonly code: ErrorCode
  readonly fields: Readonly<Record<string, string>>
  constructor(code: ErrorCode, message: string, fields: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'CallError'
    this.code = code
    this.fields = fields
  }
}

/** Calls the core. Resolves with its value or rejects with CallError; a bridge that breaks counts as `internal`. */
export async function call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  let answer: Answer<M>
  try {
    answer = await window.bridge.invoke(method, input)
  } catch (cause) {
    throw new CallError('internal', cause instanceof Error ? cause.message : String(cause))
  }
  if (answer.ok) return answer.value
  throw new CallError(answer.error.code, answer.error.message, answer.error.fields)
}

/** The closed code of anything thrown; bugs count as `internal`. */
export const codeOf = (error: unknown): ErrorCode => (error instanceof CallError ? error.code : 'internal')
