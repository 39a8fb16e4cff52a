import {
  contract,
  type Answer,
  type Handlers,
  type Input,
  type Method,
  type Parsed,
} from '@shared/ipc/contract.ts'
import { AppError, type ErrorCode } from '@shared/ipc/errors.ts'
import { deskHandlers } from './desk-handlers.ts'
import { reportHandlers } from './report-handlers.ts'
import { makeWorld, type World } from './world.ts'

/** One call as it was made. */
export interface Call {
  method: Method
  input: unknown
}

/** The contract in memory: inputs are parsed like in the core, answers come after `delayMs`, any call can be made to fail. */
export class FakeBridge {
  readonly calls: Call[] = []
  readonly world: World
  delayMs = 0
  private readonly failures = new Map<Method, ErrorCode>()
  private readonly hanging = new Set<Method>()
  private readonly listeners = new Set<(topics: string[]) => void>()
  private readonly handlers: Partial<Handlers>

  constructor(
    options: Parameters<typeof makeWorld>[0] = {},
    extra: (world: World) => Partial<Handlers> = () => ({}),
  ) {
    this.world = { ...makeWorld(options), stale: (...topics) => this.stale(...topics) }
    this.handlers = { ...deskHandlers(this.world), ...reportHandlers(this.world), ...extra(this.world) }
  }

  /** Every call of `method` is refused with `code` until `code` is null. */
  fail(method: Method, code: ErrorCode | null): void {
    if (code === null) this.failures.delete(method)
    else this.failures.set(method, code)
  }

  /** Calls of `method` never answer. */
  hang(method: Method): void {
    this.hanging.add(method)
  }

  /** Tells the renderer what went stale. */
  stale(...topics: string[]): void {
    for (const listener of this.listeners) listener(topics)
  }

  readonly onStale = (callback: (topics: string[]) => void) => {
    this.listeners.add(callback)
    return () => this.listeners.delete(callback)
  }

  readonly invoke = async <M extends Method>(method: M, input: Input<M>): Promise<Answer<M>> => {
    this.calls.push({ method, input })
    if (this.hanging.has(method)) return new Promise(() => undefined)
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs))
    try {
      const failure = this.failures.get(method)
      if (failure) throw new AppError(failure)
      const handler = this.handlers[method] as Handlers[M] | undefined
      if (!handler) throw new AppError('internal', `the fake has no ${method}`)
      const parsed = contract[method].input.safeParse(input)
      if (!parsed.success) throw new AppError('bad_input', parsed.error.message)
      return { ok: true, value: structuredClone(await handler(parsed.data as Parsed<M>)) } as Answer<M>
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { ok: false, error: { code: error.code, message: error.message, fields: error.fields } }
    }
  }
}
