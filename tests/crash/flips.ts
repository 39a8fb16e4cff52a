import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { openWork } from '../../electron/core/accounts/open-work.ts'
import { readAttachment } from '../../electron/core/archive/read-file.ts'
import { partPath, sealedPath } from '../../electron/core/archive/sealed-files.ts'
import { backupsOf } from '../../electron/core/db/backup.ts'
import { closeDb, openDb, suspect, type DeskDb } from '../../electron/core/db/open.ts'
import { journalPath } from '../../electron/core/outbox/journal.ts'
import { journalKey, scanFrames } from '../../electron/core/outbox/journal-frame.ts'
import { nextOriginals } from '../../electron/core/sync/wanted.ts'
import { download } from '../../electron/core/sync/download.ts'
import { fakeHost } from '../fakes/fake-host.ts'
import {
  backUp,
  CRASH_KEY,
  crashDevice,
  cursorOf,
  openDeskAt,
  sayAct,
  saySaved,
  saySettled,
} from './desk-at-work.ts'
import { dice } from './disk.ts'
import { sayFile } from './file-acts.ts'
import { crashFolder } from './shim.ts'
import type { DeskAtWork } from './said.ts'

/** Files in which bits are flipped. */
export const TARGETS = ['database', 'copy', 'log', 'journal', 'sealed file', 'unfinished file'] as const
export type Target = (typeof TARGETS)[number]

/**
 * Per target: bits flipped; those in pages that nothing uses, which no reader ever sees and the next writer overwrites;
 * and those after which something wrong was taken for right.
 */
export type FlipReport = Record<Target, { flipped: number; unused: number; missed: string[] }>

/** What a kept original is compared by: all that only this desk has. */
const WORK = ['outbox', 'drafts', 'letters', 'audit'] as const

interface Original {
  base: string
  desk: string
  sha256: string
  part: AttachmentRef
  rows: string
}

/** Flips single bits of everything a desk keeps; each flip has to be found, and whatever opens has to be right. */
export async function flipRig(
  flips: number,
  seed: number,
  targets: readonly Target[] = TARGETS,
): Promise<FlipReport> {
  const base = crashFolder()
  const random = dice(seed)
  const report = Object.fromEntries(
    TARGETS.map((one) => [one, { flipped: 0, unused: 0, missed: [] as string[] }]),
  )
  try {
    const original = await workedDesk(base)
    for (const target of targets) {
      const file = fileOf(original, target)
      const whole = readFileSync(file)
      for (let n = 0; n < flips; n++) {
        const bit = Math.floor(random() * whole.length * 8)
        const bytes = Buffer.from(whole)
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        report[target]!.flipped++
        if (await isFound(original, target, bytes)) continue
        if (isDatabase(target) && contentOf(base, bytes) === contentOf(base, whole)) report[target]!.unused++
        else report[target]!.missed.push(`seed ${seed} bit ${bit}`)
      }
    }
    return report as FlipReport
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

/** A desk as a sudden end leaves it: a copy, work since then in the log, a kept file and a photo half here. */
async function workedDesk(base: string): Promise<Original> {
  const live = join(base, 'live')
  mkdirSync(live)
  const at = openDeskAt(live, 'flips', { fresh: true, calm: true })
  const quiet = () => {}
  for (let n = 0; n < 12; n++) await act(at)
  backUp(at)
  for (let n = 0; n < 6; n++) await act(at)
  sayFile(at, quiet)
  const part = nextOriginals(at.sync, new Set()).find((ref) => ref.size > 140_000)!
  let pieces = 0
  await download(at.sync, part, () => pieces++ < 2)
  const desk = join(base, 'desk')
  cpSync(live, desk, { recursive: true })
  const rows = rowsOf(at.desk.db)
  closeDb(at.desk.db)
  return { base, desk, sha256: at.files[0]!.sha256, part, rows }

  async function act(one: DeskAtWork): Promise<void> {
    sayAct(one, quiet)
    saySaved(one, quiet)
    if (one.pick(3) === 0) await saySettled(one, quiet)
  }
}

function fileOf({ desk, sha256, part }: Original, target: Target): string {
  const path = join(desk, 'desk.db')
  switch (target) {
    case 'database':
      return path
    case 'copy':
      return backupsOf(path)[0]!
    case 'log':
      return `${path}-wal`
    case 'journal':
      return journalPath(path)
    case 'sealed file':
      return sealedPath(desk, sha256)
    case 'unfinished file':
      return partPath(desk, part.sha256)
  }
}

async function isFound(original: Original, target: Target, bytes: Buffer): Promise<boolean> {
  switch (target) {
    case 'database':
    case 'copy':
      return isRefused(original.base, bytes)
    case 'log':
      return opensRight(original, bytes)
    case 'journal':
      return isMissed(original, bytes)
    case 'sealed file':
    case 'unfinished file':
      return inCopy(original, target, bytes, (at) =>
        target === 'sealed file' ? isUnreadable(at, original) : comesAnew(at, original),
      )
  }
}

/** The check after an unclean end finds it. */
function isRefused(base: string, bytes: Buffer): boolean {
  const path = join(base, 'flipped.db')
  writeFileSync(path, bytes)
  suspect(path)
  try {
    closeDb(openDb({ path, key: CRASH_KEY, create: false, keyProven: true }))
    return false
  } catch (error) {
    return error instanceof AppError && error.code === 'db_corrupt'
  }
}

const isDatabase = (target: Target) => target === 'database' || target === 'copy'

/** Every row of every table, the search index's own included, from a file whose every used page was read and checked. */
function contentOf(base: string, bytes: Buffer): string {
  const path = join(base, 'flipped.db')
  writeFileSync(path, bytes)
  const db = openDb({ path, key: CRASH_KEY, create: false, keyProven: true })
  const tables = db.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
  )
  const found = db.pragma('integrity_check')
  const rows = tables.map(({ name }) => db.all(`SELECT * FROM "${name}" ORDER BY 1`))
  closeDb(db)
  return JSON.stringify([found, rows])
}

/**
 * The log is read up to the flipped bit and the journal gives the rest: all work is as it was, and the mirror is as some
 * page left it.
 */
function opensRight(original: Original, bytes: Buffer): boolean {
  const folder = copyOf(original, 'log', bytes)
  const { db } = openWork(fakeHost({ dataDir: folder }), CRASH_KEY, crashDevice.id)
  const reports = db.get<{ n: number }>('SELECT count(*) AS n FROM m_reports')!.n
  const right = rowsOf(db) === original.rows && cursorOf({ db }) === reports
  closeDb(db)
  return right
}

/** A record fewer can be read, and none other than was written. */
function isMissed({ desk }: Original, bytes: Buffer): boolean {
  const seal = { key: journalKey(CRASH_KEY, crashDevice.id), device: crashDevice.id }
  const text = (of: Buffer) =>
    scanFrames(of, seal).frames.map(({ seq, content }) => `${seq} ${content.toString('base64')}`)
  const written = text(readFileSync(journalPath(join(desk, 'desk.db'))))
  const read = text(bytes)
  return read.length < written.length && read.every((frame) => written.includes(frame))
}

async function inCopy(
  original: Original,
  target: Target,
  bytes: Buffer,
  look: (at: DeskAtWork) => Promise<boolean> | boolean,
): Promise<boolean> {
  const at = openDeskAt(copyOf(original, target, bytes), 'flipped', { calm: true })
  try {
    return await look(at)
  } finally {
    closeDb(at.desk.db)
  }
}

const isUnreadable = ({ desk }: DeskAtWork, { sha256 }: Original) => readAttachment(desk, sha256) === null

/** The first try finds it out, the second brings the photo whole; a wrong one is never shown. */
async function comesAnew(at: DeskAtWork, { part }: Original): Promise<boolean> {
  if ((await download(at.sync, part)) !== 'refused' || readAttachment(at.desk, part.sha256)) return false
  return (await download(at.sync, part)) === 'here'
}

function copyOf(original: Original, target: Target, bytes: Buffer): string {
  const { base, desk } = original
  const folder = join(base, 'flipped')
  rmSync(folder, { recursive: true, force: true })
  cpSync(desk, folder, { recursive: true })
  const file = fileOf({ ...original, desk: folder }, target)
  if (!existsSync(file)) throw new Error(`no ${target}`)
  writeFileSync(file, bytes)
  return folder
}

const rowsOf = (db: DeskDb) =>
  JSON.stringify(WORK.map((table) => db.all(`SELECT * FROM ${table} ORDER BY 1`)))
