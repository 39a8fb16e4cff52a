import { fork } from 'node:child_process'

/** A process of its own that obeys orders (`orders.mjs`). */
export interface Apart {
  /** Answers what the child answered; throws what it threw, or when it ended. */
  do<T>(order: string, data?: unknown): Promise<T>
  /** Ends it at once. */
  end(): Promise<void>
}

interface Waiting {
  done(value: unknown): void
  failed(error: Error): void
}

/** Starts a module on this Node, with `flags` for Node itself. */
export async function startApart(
  file: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<Apart> {
  const child = fork(file, [...args], { execArgv: [...flags], serialization: 'advanced' })
  const name = file.split(/[\\/]/).at(-1)!
  const waiting = new Map<number, Waiting>()
  let last = 0
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  child.on('message', (message: { id: number; value?: unknown; error?: string }) => {
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error === undefined) asked?.done(message.value)
    else asked?.failed(new Error(`${name}: ${message.error}`))
  })
  const gone = new Promise<void>((done) => {
    child.once('exit', (code, signal) => {
      process.off('exit', end)
      for (const { failed } of waiting.values()) failed(new Error(`${name} ended (${signal ?? code})`))
      waiting.clear()
      done()
    })
  })
  const answer = (id: number) =>
    new Promise<unknown>((done, failed) => {
      waiting.set(id, { done, failed })
    })
  await answer(0)
  return {
    async do<T>(order: string, data?: unknown) {
      const answered = answer(++last)
      child.send({ id: last, order, data })
      return (await answered) as T
    },
    async end() {
      end()
      await gone
    },
  }
}
