import { contract, type Method, type Output, type Parsed } from '@shared/ipc/contract.ts'
import { AppError, ErrorCode, type AppErrorShape } from '@shared/ipc/errors.ts'
import { Installation } from './accounts/installation.ts'
import type { SlotCost } from './accounts/key-slots.ts'
import { readPreferences, writePreferences } from './accounts/preferences.ts'
import { readAttachment } from './archive/read-file.ts'
import { readThumb } from './archive/read-thumb.ts'
import { storageError } from './db/errors.ts'
import { deskHandlers, type DeskMethod, type InstallationMethod } from './handlers.ts'
import type { Desk } from './desk.ts'
import type { Host } from './host.ts'
import type { PowerEvent } from './worker-protocol.ts'

/** What crosses IPC for any call. */
export type AnyAnswer = { ok: true; value: unknown } | { ok: false; error: AppErrorShape }

/** The desk without Electron. */
export interface Core {
  /** Answers a call of the contract; never rejects and never answers outside the closed error list. */
  dispatch(method: string, input: unknown): Promise<AnyAnswer>
  /** A kept file's bytes for the screen; null when locked, unknown or not downloaded. */
  readAttachment(sha256: string, which?: 'original' | 'thumb'): { mime: string; bytes: Uint8Array } | null
  /** The open desk, or null while locked. For tests and benches; the renderer has only calls. */
  desk(): Desk | null
  power(event: PowerEvent): void
  start(): void
  /** Closes the database before it returns; never waits for the network. */
  stop(): void
}

type InstallationHandlers = {
  [M in InstallationMethod]: (input: Parsed<M>) => Output<M> | Promise<Output<M>>
}

/** Makes a core on a host. `cost` of key slots is lower in tests. */
export function createCore(host: Host, cost?: SlotCost): Core {
  const installation = new Installation(host, cost)
  const status = () => installation.status()
  const own: InstallationHandlers = {
    'app.status': status,
    'app.preferences': () => readPreferences(host.dataDir),
    'app.setPreferences': (chosen) => {
      host.stale(['app'])
      return writePreferences(host.dataDir, chosen)
    },
    'setup.startPractice': ({ agencyId }) => installation.startPractice(agencyId).then(() => ({})),
    'setup.enrol': ({ hubUrl, code, deviceName }) =>
      installation.enrol(hubUrl, code, deviceName).then(status),
    'setup.recheck': () => installation.recheck().then(status),
    'setup.rebuild': () => installation.rebuild().then(status),
    'session.signIn': ({ personId, password }) => installation.signIn(personId, password).then(status),
    'session.signOut': () => installation.signOut().then(status),
    'session.switchPractice': ({ personId }) => installation.switchPractice(personId).then(status),
  }

  const answer = async (method: Method, input: unknown): Promise<unknown> => {
    if (Object.hasOwn(own, method)) return own[method as InstallationMethod](input as never)
    if (!installation.open) throw new AppError('locked')
    const handle = deskHandlers[method as DeskMethod]
    return handle(installation.open, input as never)
  }

  return {
    async dispatch(method, input) {
      try {
        return { ok: true, value: await answer(...parse(method, input)) }
      } catch (thrown) {
        const error = refusalOf(thrown)
        if (!(error instanceof AppError)) return { ok: false, error: bug(host, method, error) }
        if (error.code === 'db_corrupt') installation.fail(error)
        const { code, message, fields } = error
        return { ok: false, error: fields ? { code, message, fields } : { code, message } }
      }
    },
    readAttachment(sha256, which = 'original') {
      if (!installation.open) return null
      const read = which === 'thumb' ? readThumb : readAttachment
      return read(installation.open.desk, sha256)
    },
    desk: () => installation.open?.desk ?? null,
    power(event) {
      host.log('power', { event })
      // Sockets of before lead nowhere, and the wait for the next try has lost its reason.
      if (event === 'resume' || event === 'network') installation.open?.engine.resumed()
    },
    start: () => installation.start(),
    stop: () => installation.stop(),
  }
}

/** What a failure means to a person, if it means anything: refusals, storage, and what the host names by a listed code. */
function refusalOf(thrown: unknown): unknown {
  const error = storageError(thrown)
  if (error instanceof AppError || !(error instanceof Error) || !('code' in error)) return error
  const code = ErrorCode.safeParse(error.code)
  return code.success ? new AppError(code.data, error.message) : error
}

function parse(method: string, input: unknown): [Method, unknown] {
  if (!Object.hasOwn(contract, method)) throw new AppError('bad_input', 'no such call')
  const parsed = contract[method as Method].input.safeParse(input)
  if (parsed.success) return [method as Method, parsed.data]
  const fields = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.code]))
  throw new AppError('bad_input', method, fields)
}

/** Where a bug is, without its message: that may quote a citizen. */
function bug(host: Host, method: string, error: unknown): AppErrorShape {
  const name = error instanceof Error ? error.name : typeof error
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const where = stack.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? ''
  host.log('bug', { method, name, where: where.trim().slice(0, 200) })
  return { code: 'internal', message: name }
}
