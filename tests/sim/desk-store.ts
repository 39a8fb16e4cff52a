import Database from 'better-sqlite3'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DeskDb } from '../../electron/core/db/desk-db.ts'
import { migrate } from '../../electron/core/db/migrate.ts'
import { openDb } from '../../electron/core/db/open.ts'
import { noteBlank } from './blank.ts'

/** A desk's disk: outlives its processes. */
export interface DeskStore {
  /** What a process finds when it starts. */
  open(): DeskDb
  /** The process was cut off: what was committed stays. */
  cut(): void
  /** A copy of the disk as it is now. */
  image(): unknown
  /** The disk becomes that copy again. */
  restore(image: unknown): void
  /** Another disk made from a copy. */
  clone(image: unknown, folder: string): DeskStore
  /** True when the database lives in memory and closing it must not lose it. */
  readonly inMemory: boolean
  close(): void
}

const binding = () => ({ nativeBinding: process.env.APP_SQLITE_BINDING || undefined })
let template: Buffer | null = null

/** The schema of a new desk, made once by the product's own migrations. */
function freshImage(): Buffer {
  if (template) return template
  const handle = new Database(':memory:', binding())
  migrate(new DeskDb(handle))
  template = handle.serialize()
  handle.close()
  return template
}

interface Opened {
  handle: Database.Database
  db: DeskDb
  /** Empties it for the next run; null: it was made from a copy of another disk. */
  reset: (() => void) | null
}

/** Emptied and ready for another run. */
const spare: Opened[] = []

function openImage(image: Buffer): Omit<Opened, 'reset'> {
  const handle = new Database(image, binding())
  handle.pragma('foreign_keys = ON')
  return { handle, db: new DeskDb(handle) }
}

function openBlank(): Opened {
  const opened = openImage(freshImage())
  return { ...opened, reset: noteBlank(opened.handle) }
}

/** A database in memory, without the cipher: volume runs. `image`: a copy of another disk, instead of an empty one. */
export function memoryStore(image?: Buffer): DeskStore {
  let current: Opened = image ? { ...openImage(image), reset: null } : (spare.pop() ?? openBlank())
  const leave = () => {
    const { handle, reset } = current
    if (!reset) return handle.close()
    reset()
    spare.push(current)
  }
  return {
    inMemory: true,
    // One for all processes: preparing its statements anew would cost a tenth of the run.
    open: () => current.db,
    cut() {
      if (current.handle.inTransaction) current.handle.exec('rollback')
    },
    image: () => current.handle.serialize(),
    restore(copy) {
      leave()
      current = { ...openImage(copy as Buffer), reset: null }
    },
    clone: (copy) => memoryStore(copy as Buffer),
    close: leave,
  }
}

const KEY = Uint8Array.from({ length: 32 }, (_, i) => 7 * i)

/** The real thing: an encrypted file with its write-ahead log, opened as the app opens it. */
export function fileStore(folder: string): DeskStore {
  let generation = 0
  let current: DeskDb | null = null
  const dir = () => join(folder, `disk-${generation}`)
  const path = () => join(dir(), 'desk.db')
  const renew = (from: string) => {
    generation++
    mkdirSync(dir(), { recursive: true })
    for (const end of ['', '-wal', '.open'])
      if (existsSync(`${from}${end}`)) cpSync(`${from}${end}`, `${path()}${end}`)
  }
  const drop = (old: string) => {
    current?.close()
    current = null
    rmSync(old, { recursive: true, force: true })
  }
  mkdirSync(dir(), { recursive: true })
  return {
    inMemory: false,
    open: () => (current = openDb({ path: path(), key: KEY, create: true, keyProven: true })),
    cut() {
      // Closing would tidy up, as a killed process cannot: the copy is taken first.
      const [old, from] = [dir(), path()]
      renew(from)
      drop(old)
    },
    image() {
      const copy = join(folder, `image-${generation++}-${Math.floor(performance.now())}`)
      mkdirSync(copy, { recursive: true })
      generation--
      for (const end of ['', '-wal'])
        if (existsSync(`${path()}${end}`)) cpSync(`${path()}${end}`, join(copy, `desk.db${end}`))
      return join(copy, 'desk.db')
    },
    restore(copy) {
      const old = dir()
      renew(copy as string)
      drop(old)
    },
    clone(copy, other) {
      const store = fileStore(other)
      store.restore(copy)
      return store
    },
    close: () => drop(folder),
  }
}
