import {
  closeSync,
  copyFileSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder, writeAll } from '../db/durable.ts'
import { withStorageErrors } from '../db/errors.ts'
import { encodeFrame, scanFrames, type Frame, type Scan, type Seal } from './journal-frame.ts'

/** An open journal file. Every method is durable when it returns, or throws AppError disk_full and changed nothing. */
export class JournalFile {
  readonly path: string
  readonly #seal: Seal
  readonly #random: (size: number) => Uint8Array
  #file: number
  #end = 0

  private constructor(path: string, seal: Seal, random: (size: number) => Uint8Array, file: number) {
    this.path = path
    this.#seal = seal
    this.#random = random
    this.#file = file
  }

  /** Opens or makes the file, cuts a torn tail off, and answers what it holds. */
  static open(
    path: string,
    seal: Seal,
    random: (size: number) => Uint8Array,
  ): { file: JournalFile; scan: Scan; torn: number } {
    return withStorageErrors(() => {
      // What a compaction that did not come to its end left behind.
      rmSync(`${path}.part`, { force: true })
      const fresh = !existsSync(path)
      const file = new JournalFile(path, seal, random, openSync(path, fresh ? 'w+' : 'r+', 0o600))
      const bytes = fresh ? Buffer.alloc(0) : readFileSync(path)
      const scan = scanFrames(bytes, seal)
      file.#end = scan.end
      // Neither torn nor readable: never cut or rewritten without a copy for whoever may read more out of it.
      if (scan.foreign + scan.damaged.length > 0) copyFileSync(path, `${path}.rusak`)
      // The tail has to go before anything is appended behind it: it would look like damage in the middle.
      if (bytes.length > scan.end) file.#cut()
      if (fresh) {
        fsyncSync(file.#file)
        syncFolder(dirname(path))
      }
      return { file, scan, torn: bytes.length - scan.end }
    })
  }

  get size(): number {
    return this.#end
  }

  /** Appends one record with one flush. */
  append(seq: number, content: Buffer): void {
    withStorageErrors(() => {
      const frame = this.#encode({ seq, content })
      try {
        writeAll(this.#file, frame, this.#end)
        fdatasyncSync(this.#file)
      } catch (error) {
        this.#cut()
        throw error
      }
      this.#end += frame.length
    })
  }

  /** Takes the last record back, down to the size before it: the act it stood for was refused. */
  cutTo(size: number): void {
    this.#end = size
    withStorageErrors(() => this.#cut())
  }

  /** Everything in the file, past any damage. */
  read(): Scan {
    return withStorageErrors(() => scanFrames(readFileSync(this.path), this.#seal))
  }

  /** Replaces the content: after a power cut the file is the old one or the new one. */
  rewrite(frames: readonly Frame[]): void {
    withStorageErrors(() => {
      const bytes = Buffer.concat(frames.map((frame) => this.#encode(frame)))
      this.#writePart(bytes)
      // Windows replaces no file that is open.
      closeSync(this.#file)
      try {
        renameSync(`${this.path}.part`, this.path)
        this.#end = bytes.length
      } finally {
        this.#file = openSync(this.path, 'r+')
      }
      syncFolder(dirname(this.path))
    })
  }

  close(): void {
    closeSync(this.#file)
  }

  #writePart(bytes: Buffer): void {
    const part = `${this.path}.part`
    const file = openSync(part, 'w', 0o600)
    try {
      writeAll(file, bytes, 0)
      fsyncSync(file)
    } catch (error) {
      rmSync(part, { force: true })
      throw error
    } finally {
      closeSync(file)
    }
  }

  #encode({ seq, content }: Frame): Buffer {
    return encodeFrame(this.#seal, seq, this.#random(12), content)
  }

  #cut(): void {
    ftruncateSync(this.#file, this.#end)
    fdatasyncSync(this.#file)
  }
}
