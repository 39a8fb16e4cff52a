import { partLength } from '../../electron/core/archive/part-file.ts'
import { readAttachment } from '../../electron/core/archive/read-file.ts'
import { sha256Of } from '../../electron/core/archive/seal.ts'
import type { DeskDb } from '../../electron/core/db/open.ts'
import { isNeeded } from '../../electron/core/mirror/attachment-refs.ts'
import type { Left } from './damage.ts'

/** What a desk and its hub said of files. */
interface Expected {
  readonly atHub: ReadonlySet<string>
  readonly fetched: ReadonlySet<string>
  readonly pieces: ReadonlyMap<string, number>
  readonly letters: ReadonlyMap<string, { sha256: string; act: string | null }>
  readonly acts: ReadonlyMap<string, string>
  /** Processes that worked here so far. */
  readonly again: number
  /** Whether an act on this id was cut off. */
  tried(act: 'fetch' | 'letter' | 'settle', fits: (one: { id?: string }) => boolean): boolean
}

/** What is not as it was acknowledged of files: kept ones, photos from the hub, unfinished ones, letters. */
export function checkFiles(folder: string, db: DeskDb, expected: Expected, left: Left | 'all'): string[] {
  const whole = left === 'all'
  const wrong = checkLetters(folder, db, expected, left === 'journal')
  const rows = db.all<{ sha256: string; state: string }>('SELECT sha256, state FROM attachments')
  const states = new Map(rows.map((row) => [row.sha256, row.state]))
  for (const { sha256, state } of rows) {
    if (state === 'wanted' || !isNeeded(db, sha256)) continue
    // A finished file with other bytes than its name says must not exist, acknowledged or not.
    if (!isWhole(folder, db, sha256)) wrong.push(`${state} but not whole: ${sha256}`)
    if (state === 'uploaded' && !expected.atHub.has(sha256)) wrong.push(`not at the hub: ${sha256}`)
  }
  // Only a database that is behind asks for a photo once more.
  for (const sha256 of whole ? expected.fetched : [])
    if (states.get(sha256) !== 'here') wrong.push(`photo ${sha256}: ${states.get(sha256)}`)
  for (const [sha256, bytes] of expected.pieces) {
    const unknown = expected.again > 1 && expected.tried('fetch', (one) => one.id === sha256)
    if (!whole || unknown || states.get(sha256) !== 'wanted') continue
    const length = partLength(folder, sha256)
    if (length < bytes) wrong.push(`${length} of ${bytes} flushed bytes of ${sha256}`)
  }
  return wrong
}

/** Letters whose stored PDF is not the acknowledged one. `journal`: nothing else is left, so the hub has those it received. */
export function checkLetters(folder: string, db: DeskDb, expected: Expected, journal: boolean): string[] {
  const wrong: string[] = []
  for (const [report, { sha256, act }] of expected.letters) {
    if (journal && act && (expected.acts.get(act) === 'applied' || expected.tried('settle', () => true)))
      continue
    const row = db.get<{ sha256: string }>('SELECT sha256 FROM letters WHERE report_id = ?', report)
    const tried = expected.tried('letter', (one) => one.id === report)
    if (!row || (row.sha256 !== sha256 && !tried)) wrong.push(`letter of ${report}: ${row?.sha256}`)
    else if (!isWhole(folder, db, row.sha256)) wrong.push(`the PDF of the letter of ${report}`)
  }
  return wrong
}

function isWhole(folder: string, db: DeskDb, sha256: string): boolean {
  const file = readAttachment({ db, host: { dataDir: folder } }, sha256)
  return file !== null && sha256Of(file.bytes) === sha256
}
