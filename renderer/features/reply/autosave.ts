/** What the autosave says to the person. `failed` keeps the text and the code of the reason. */
export type SaveState =
  | { name: 'clean' }
  | { name: 'dirty' }
  | { name: 'saving' }
  | { name: 'saved'; at: number }
  | { name: 'failed'; code: string }

/** Where the autosave gets timers from, so that tests own the time. */
export interface Timers {
  set: (run: () => void, ms: number) => unknown
  clear: (timer: unknown) => void
}

export interface AutosaveOptions<T> {
  /** Writes one version; resolves with the time of the record (ms), rejects with an error that has a `code`. */
  save: (value: T) => Promise<number>
  onState: (state: SaveState) => void
  timers: Timers
  /** Quiet time before a change is written, ms (DRAFT-01: at most 400). */
  delay?: number
  /** Time before a failed save is tried again, ms. */
  retryAfter?: number
}

export interface Autosave<T> {
  change: (value: T) => void
  /** Writes now what is not written yet; resolves with whether everything changed so far is on disk. */
  flush: () => Promise<boolean>
  /** Flushes and stops retrying until the next change. */
  close: () => Promise<boolean>
}

/**
 * Saves every change, one write at a time and always the newest text last (DRAFT-01).
 * A failure keeps the value and tries again; a later change never overtakes an earlier write.
 */
export function createAutosave<T>({
  save,
  onState,
  timers,
  delay = 350,
  retryAfter = 3000,
}: AutosaveOptions<T>): Autosave<T> {
  let pending: { value: T } | null = null
  let running: Promise<boolean> | null = null
  let timer: unknown = null
  let closed = false

  const stop = () => {
    if (timer !== null) timers.clear(timer)
    timer = null
  }
  const start = (ms: number) => {
    stop()
    timer = timers.set(() => void flush(), ms)
  }
  const writeOne = async () => {
    const current = pending
    if (!current) return
    pending = null
    onState({ name: 'saving' })
    try {
      const at = await save(current.value)
      onState(pending ? { name: 'dirty' } : { name: 'saved', at })
    } catch (error) {
      pending ??= current
      onState({ name: 'failed', code: codeOf(error) })
      if (!closed) start(retryAfter)
      throw error
    }
  }
  const drain = async () => {
    try {
      while (pending) await writeOne()
      return true
    } catch {
      // Said through onState; the value is still pending.
      return false
    }
  }
  const flush = (): Promise<boolean> => {
    stop()
    running ??= drain().finally(() => {
      running = null
    })
    return running
  }
  return {
    change(value) {
      closed = false
      pending = { value }
      onState({ name: 'dirty' })
      if (!running) start(delay)
    },
    flush,
    close() {
      closed = true
      return flush()
    },
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'internal'
