import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One call of the shim's log. `data` of R is the new name. */
export interface DiskOp {
  op: 'C' | 'W' | 'T' | 'S' | 'U' | 'R' | 'M'
  path: string
  offset: number
  data: Buffer
}

/** Reads the shim's binary log. */
export function readLog(file: string): DiskOp[] {
  const bytes = readFileSync(file)
  const ops: DiskOp[] = []
  for (let at = 0; at + 3 <= bytes.length;) {
    const length = bytes.readUInt16LE(at + 1)
    const body = at + 3 + length
    const size = Number(bytes.readBigUInt64LE(body + 8))
    ops.push({
      op: String.fromCharCode(bytes[at]!) as DiskOp['op'],
      path: bytes.toString('utf8', at + 3, body),
      offset: Number(bytes.readBigUInt64LE(body)),
      data: bytes.subarray(body + 16, body + 16 + size),
    })
    at = body + 16 + size
  }
  return ops
}

/** Seeded numbers in [0, 1): a failing cut can be made again. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

interface Inode {
  data: Buffer
  size: number
  pending: DiskOp[]
}
type NameOp =
  | { do: 'link'; name: string; inode: Inode | null }
  | { do: 'unlink'; name: string }
  | { do: 'rename'; from: string; name: string }

const SECTOR = 512

/**
 * A disk that keeps only what was flushed: file contents since each file's last fsync, and names since each folder's,
 * are at the mercy of a cut. Nothing is assumed about their order (POSIX promises none).
 */
export class Disk {
  /** Folders have no inode. */
  readonly #names = new Map<string, Inode | null>()
  readonly #live = new Map<string, Inode | null>()
  readonly #waiting = new Map<string, NameOp[]>()

  /** What lies in a folder counts as flushed. */
  static of(folder: string): Disk {
    const disk = new Disk()
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const name = join(entry.parentPath, entry.name)
      const data = entry.isFile() ? readFileSync(name) : null
      const inode = data && { data, size: data.length, pending: [] }
      disk.#names.set(name.slice(folder.length), inode)
      disk.#live.set(name.slice(folder.length), inode)
    }
    return disk
  }

  apply(op: DiskOp): void {
    const inode = this.#live.get(op.path)
    switch (op.op) {
      case 'C':
      case 'M': {
        const made = op.op === 'C' ? { data: Buffer.alloc(0), size: 0, pending: [] } : null
        this.#live.set(op.path, made)
        return this.#wait(op.path, { do: 'link', name: op.path, inode: made })
      }
      case 'W':
      case 'T':
        return void inode?.pending.push(op)
      case 'S':
        if (inode) {
          for (const one of inode.pending) change(inode, one)
          inode.pending = []
        } else this.#flushNames(op.path)
        return
      case 'U':
        this.#live.delete(op.path)
        return this.#wait(op.path, { do: 'unlink', name: op.path })
      case 'R': {
        const name = op.data.toString('utf8')
        this.#live.delete(op.path)
        this.#live.set(name, inode ?? null)
        this.#wait(op.path, { do: 'rename', from: op.path, name })
      }
    }
  }

  /** Writes what a cut at this moment may leave into an empty folder. */
  cut(folder: string, random: () => number): void {
    const names = new Map(this.#names)
    for (const waiting of this.#waiting.values()) {
      // A journalling file system keeps a prefix; others keep what they like.
      const ordered = random() < 0.6
      const until = Math.floor(random() * (waiting.length + 1))
      waiting.forEach((op, i) => {
        if (ordered ? i < until : random() < 0.5) rename(names, op)
      })
    }
    for (const [name, inode] of names) {
      if (!inode || !isReachable(names, name)) continue
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), survivor(inode, random))
    }
  }

  #wait(path: string, op: NameOp): void {
    const folder = dirname(path)
    this.#waiting.set(folder, [...(this.#waiting.get(folder) ?? []), op])
  }

  #flushNames(path: string): void {
    const folder = path === '' ? '/' : path
    for (const op of this.#waiting.get(folder) ?? []) rename(this.#names, op)
    this.#waiting.delete(folder)
  }
}

function rename(names: Map<string, Inode | null>, op: NameOp): void {
  if (op.do === 'link') names.set(op.name, op.inode)
  else if (op.do === 'unlink') names.delete(op.name)
  else if (names.has(op.from)) {
    names.set(op.name, names.get(op.from)!)
    names.delete(op.from)
  }
}

/** A file whose folder's own name was lost is lost with it. */
function isReachable(names: Map<string, Inode | null>, name: string): boolean {
  const folder = dirname(name)
  return folder === '/' || folder === '.' || (names.has(folder) && isReachable(names, folder))
}

function survivor(inode: Inode, random: () => number): Buffer {
  const copy: Inode = { data: Buffer.from(inode.data.subarray(0, inode.size)), size: inode.size, pending: [] }
  const mood = random()
  for (const op of inode.pending) {
    if (mood < 0.2) break
    const kept = mood < 0.4 || random() < 0.6
    if (op.op === 'T' || !kept || random() < 0.5) {
      if (kept) change(copy, op)
      continue
    }
    tear(copy, op, random)
  }
  return copy.data.subarray(0, copy.size)
}

/** Some sectors of one write arrive, some do not, and one may hold anything. */
function tear(inode: Inode, { offset, data, path }: DiskOp, random: () => number): void {
  for (let at = 0; at < data.length;) {
    const length = Math.min(SECTOR - ((offset + at) % SECTOR), data.length - at)
    const fate = random()
    const part = data.subarray(at, at + length)
    if (fate < 0.5) change(inode, { op: 'W', path, offset: offset + at, data: part })
    else if (fate < 0.55)
      change(inode, { op: 'W', path, offset: offset + at, data: part.map((byte) => byte ^ 0xa5) as Buffer })
    at += length
  }
}

function change(inode: Inode, { op, offset, data }: DiskOp): void {
  const size = op === 'T' ? offset : Math.max(inode.size, offset + data.length)
  if (size > inode.data.length) {
    const bigger = Buffer.alloc(Math.max(size, inode.data.length * 2))
    inode.data.copy(bigger, 0, 0, inode.size)
    inode.data = bigger
  }
  // What a file grows over reads as zeros.
  if (size > inode.size) inode.data.fill(0, inode.size, size)
  if (op === 'W') data.copy(inode.data, offset)
  inode.size = size
}
