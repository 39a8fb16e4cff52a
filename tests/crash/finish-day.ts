import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AttachmentRef } from '@shared/domain/report.ts'
import { closeDb } from '../../electron/core/db/open.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import { readAttachment } from '../../electron/core/archive/read-file.ts'
import { partPath } from '../../electron/core/archive/sealed-files.ts'
import { sha256Of } from '../../electron/core/archive/seal.ts'
import { nextOriginals } from '../../electron/core/sync/wanted.ts'
import { download } from '../../electron/core/sync/download.ts'
import { exchangeOnce } from '../../electron/core/sync/exchange-step.ts'
import { sweepFiles } from '../../electron/core/sync/housekeeping.ts'
import { bytesOf, MANY } from './hub-at-work.ts'
import { catchUp, cursorOf, openDeskAt } from './desk-at-work.ts'
import type { Expectation } from './expectation.ts'
import type { DeskAtWork } from './said.ts'

/** Tries a damaged photo may cost: the first finds it out, the second brings it. */
const TRIES = 2

/** Photos not yet begun that are brought as well. */
const FRESH = 3

/**
 * After a cut the day goes on, on a link that holds: everything waiting has to arrive, every unfinished file has to end
 * with its own bytes, and nothing half may stay. Answers what is stuck or wrong, in words.
 */
export async function finishDay(folder: string, expected: Expectation): Promise<string[]> {
  const many = expected.first === MANY
  const at = openDeskAt(folder, 'finish', { many, calm: true })
  try {
    letHubKnow(at, expected)
    return [
      ...(await finishExchange(at, expected)),
      ...(await finishDownloads(at)),
      ...checkLeftovers(at, folder),
    ]
  } finally {
    closeDb(at.desk.db)
  }
}

/** The hub has what it said, and any part of what it did not. */
function letHubKnow({ hub, desk: { db, host }, pick }: DeskAtWork, expected: Expectation): void {
  for (const sha256 of expected.atHub) hub.knows(sha256)
  for (const [id, state] of expected.acts) if (state === 'applied') hub.effects.add(id)
  const waiting = db.all<{ sha256: string }>(`SELECT sha256 FROM attachments WHERE state = 'to_upload'`)
  for (const { sha256 } of waiting) {
    const bytes = readAttachment({ db, host }, sha256)?.bytes
    if (bytes && !hub.hasFile(sha256) && pick(2) === 0)
      hub.knows(sha256, Buffer.from(bytes.subarray(0, pick(bytes.length))))
  }
}

async function finishExchange(at: DeskAtWork, expected: Expectation): Promise<string[]> {
  const { db } = at.desk
  const wrong: string[] = []
  const target = Math.max(expected.cursor, expected.first)
  for (let n = 0; n <= target && (n < 2 || cursorOf(at.desk) < target); n++) {
    const result = await exchangeOnce(at.sync, true)
    if (result.type !== 'exchanged') wrong.push(`an exchange after the cut: ${JSON.stringify(result)}`)
  }
  catchUp(at)
  const stuck = db.all<{ id: string; state: string }>(
    `SELECT id, state FROM outbox WHERE state NOT IN ('applied', 'discarded')`,
  )
  for (const { id, state } of stuck) wrong.push(`act ${id} is stuck: ${state}`)
  for (const line of at.host.logs)
    if (['digest_differs', 'exchange_bug', 'indexing_failed'].includes(line.event)) wrong.push(line.event)
  const count = (table: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n
  const [reports, shown, found] = ['m_reports', 'report_current', 'report_search'].map(count)
  if (reports !== cursorOf(at.desk) || shown !== reports || found !== reports)
    wrong.push(`${cursorOf(at.desk)} reports came, ${reports} are here, ${shown} shown, ${found} searched`)
  if (getMeta(db, 'mirror_complete') !== '1') wrong.push('the first mirror never ends')
  return wrong
}

async function finishDownloads(at: DeskAtWork): Promise<string[]> {
  const wrong: string[] = []
  const { db, host } = at.desk
  const wanted = db.all<AttachmentRef>(
    `SELECT sha256, mime, size, name FROM attachments WHERE state = 'wanted'`,
  )
  const begun = wanted.filter(({ sha256 }) => existsSync(partPath(host.dataDir, sha256)))
  for (const ref of [...begun, ...nextOriginals(at.sync, new Set()).slice(0, FRESH)]) {
    let how: string = 'left'
    for (let n = 0; n < TRIES && how !== 'here'; n++)
      how = await download(at.sync, ref).catch((error: unknown) => String(error))
    const bytes = readAttachment({ db, host }, ref.sha256)?.bytes
    if (how !== 'here' || !bytes || sha256Of(bytes) !== ref.sha256)
      wrong.push(`photo ${ref.name} is stuck: ${how}`)
    else if (!bytesOf(ref.name, ref.size).equals(bytes)) wrong.push(`photo ${ref.name} has other bytes`)
  }
  return wrong
}

/** Nothing unfinished outlives the files it was for. */
function checkLeftovers({ desk: { db } }: DeskAtWork, folder: string): string[] {
  sweepFiles(db, folder)
  const files = join(folder, 'lampiran')
  if (!existsSync(files)) return []
  return readdirSync(files, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('.'))
    .map((name) => `left behind: ${name}`)
}
