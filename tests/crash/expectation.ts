import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readSlots } from '../../electron/core/accounts/device-store.ts'
import { askForRecovery, openWork, type Work } from '../../electron/core/accounts/open-work.ts'
import { readPreferences } from '../../electron/core/accounts/preferences.ts'
import { readAttachment } from '../../electron/core/archive/read-file.ts'
import { verifyAudit } from '../../electron/core/audit/chain.ts'
import { backupsOf } from '../../electron/core/db/backup.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import { closeDb, quickCheck } from '../../electron/core/db/open.ts'
import { fakeHost } from '../fakes/fake-host.ts'
import type { Left } from './damage.ts'
import { checkFiles, checkLetters } from './expected-files.ts'
import { FEW } from './hub-at-work.ts'
import { CRASH_KEY, crashDevice } from './desk-at-work.ts'
import type { Said } from './said.ts'

type Try = Extract<Said, { try: string }>

/** What must be there after a crash, by what a desk said before it. */
export class Expectation {
  readonly acts = new Map<string, 'made' | 'undone' | 'applied'>()
  /** Body as acknowledged last; null: discarded or received. */
  readonly drafts = new Map<string, { body: string; submitted: string | null } | null>()
  /** Drafts whose handing in was cut off and that the hub may have had since. */
  readonly received = new Set<string>()
  readonly files = new Set<string>()
  readonly slots = new Set<string>()
  /** Photos that had come whole. */
  readonly fetched = new Set<string>()
  /** Bytes of unfinished photos that this process had flushed. */
  readonly pieces = new Map<string, number>()
  /** The PDF of each report's letter, and the act that numbered it. */
  readonly letters = new Map<string, { sha256: string; act: string | null }>()
  /** Files the hub has whole. */
  readonly atHub = new Set<string>()
  /** What the person chose last; null: nothing yet. */
  look: string | null = null
  /** Reports of the first mirror. */
  first = FEW
  /** A process has already worked on what an earlier cut left. */
  again = 0
  /** What the hub saw that must never happen. */
  readonly witnessed: string[] = []
  /** Reports that an acknowledged page had brought. */
  cursor = 0
  /** Acts that a crash cut off, of this life or an earlier one: each happened as a whole or not at all. */
  trying: Try[] = []
  acknowledged = 0

  hear(said: Said): void {
    if ('try' in said) {
      this.trying.push(said)
      return
    }
    if ('note' in said) return this.#note(said)
    this.trying.pop()
    if (said.ok !== 'refused') this.acknowledged++
    switch (said.ok) {
      case 'act':
        this.acts.set(said.id, 'made')
        break
      case 'undo':
        this.acts.set(said.id, 'undone')
        break
      case 'draft':
        this.drafts.set(said.id, { body: said.body, submitted: null })
        break
      case 'discard':
        this.drafts.set(said.id, null)
        break
      case 'submit':
        this.acts.set(said.id, 'made')
        this.drafts.set(said.draft, { body: said.body, submitted: said.id })
        break
      case 'settle':
        this.cursor = said.cursor ?? this.cursor
        for (const sha256 of said.files)
          if (!this.atHub.has(sha256)) this.witnessed.push(`an act went before its file ${sha256}`)
        for (const id of said.ids) this.acts.set(id, 'applied')
        for (const one of this.trying) if (one.try === 'submit' && one.id) this.received.add(one.id)
        for (const [id, draft] of this.drafts)
          if (draft?.submitted && said.ids.includes(draft.submitted)) this.drafts.set(id, null)
        break
      case 'file':
        this.files.add(said.sha256)
        break
      case 'fetch':
        this.fetched.add(said.sha256)
        this.pieces.delete(said.sha256)
        break
      case 'letter':
        this.letters.set(said.report, said)
        if (said.act) this.acts.set(said.act, 'made')
        break
      case 'look':
        this.look = said.body
        break
      case 'slot':
        this.slots.add(said.owner)
        break
      case 'refused':
      case 'other':
        break
    }
  }

  #note(said: Extract<Said, { note: string }>): void {
    if (said.note === 'opened') {
      this.first = said.first
      this.again++
      // What an earlier process flushed may have been found damaged at its end, and dropped.
      this.pieces.clear()
    } else if (said.note === 'piece') this.pieces.set(said.sha256, said.bytes)
    else if (said.note === 'uploaded') this.atHub.add(said.sha256)
    else this.witnessed.push(said.words)
  }

  /** Everything that is not as it was acknowledged, in words; empty when all is well. */
  check(folder: string, { db }: Work, left: Left | 'all'): string[] {
    const wrong: string[] = [...this.witnessed]
    const states = new Map(
      db.all<{ id: string; state: string }>('SELECT id, state FROM outbox').map((row) => [row.id, row.state]),
    )
    for (const [id, expected] of this.acts) {
      const state = states.get(id)
      // Settled work leaves the journal once the copies have it.
      if (left === 'journal' && state === undefined && expected !== 'made') continue
      if (!this.#fits(id, expected, state)) wrong.push(`act ${id}: ${expected}, found ${state ?? 'nothing'}`)
    }
    const bodies = new Map(
      db.all<{ id: string; body: string }>('SELECT id, body FROM drafts').map((row) => [row.id, row.body]),
    )
    for (const [id, draft] of this.drafts) {
      const body = bodies.get(id)
      if (draft === null ? body !== undefined : !this.#draftFits(id, draft, body))
        wrong.push(
          `draft ${id}: ${draft?.body.slice(0, 20) ?? 'gone'}, found ${body?.slice(0, 20) ?? 'nothing'}`,
        )
    }
    for (const sha256 of this.files)
      if (!readAttachment({ db, host: { dataDir: folder } }, sha256)) wrong.push(`file ${sha256}`)
    const owners = new Set(readSlots(folder).map((slot) => slot.owner))
    for (const owner of this.slots) if (!owners.has(owner)) wrong.push(`slot ${owner}`)
    const look = JSON.stringify(readPreferences(folder))
    if (this.look !== null && look !== this.look && !this.tried('look', (one) => one.body === look))
      wrong.push(`look ${this.look}, found ${look}`)
    wrong.push(...checkFiles(folder, db, this, left))
    return [...wrong, ...this.#checkWhole(db, left)]
  }

  /** What happened to the acts that were cut off is decided now. */
  adopt(folder: string, { db }: Work): void {
    const states = db.all<{ id: string; state: string }>('SELECT id, state FROM outbox')
    for (const { id, state } of states)
      this.acts.set(id, state === 'applied' ? 'applied' : state === 'discarded' ? 'undone' : 'made')
    const drafts = db.all<{ id: string; body: string; act: string | null }>(
      `SELECT d.id, d.body, (SELECT o.id FROM outbox o WHERE d.submitted = 1 AND o.kind = 'reply.submit'
         AND o.payload ->> '$.replyId' = d.reply_id ORDER BY n DESC LIMIT 1) AS act FROM drafts d`,
    )
    const found = new Map(drafts.map(({ id, body, act }) => [id, { body, submitted: act }]))
    for (const id of this.drafts.keys()) this.drafts.set(id, null)
    for (const [id, draft] of found) this.drafts.set(id, draft)
    const letters = db.all<{ report: string; sha256: string; act: string | null }>(
      `SELECT report_id AS report, sha256, (SELECT o.id FROM outbox o WHERE l.state = 'issued'
         AND o.kind = 'letter.issue' AND o.report_id = l.report_id) AS act FROM letters l`,
    )
    for (const letter of letters) this.letters.set(letter.report, letter)
    this.look = this.look && JSON.stringify(readPreferences(folder))
    this.trying = []
  }

  /** Whether such an act was cut off. */
  tried(act: Try['try'], fits: (one: Try) => boolean = () => true): boolean {
    return this.trying.some((one) => one.try === act && fits(one))
  }

  #fits(id: string, expected: string, state: string | undefined): boolean {
    if (state === undefined) return false
    if (expected === 'undone') return state === 'discarded'
    if (expected === 'applied') return state === 'applied'
    if (state === 'discarded') return this.tried('undo', (one) => one.id === id)
    return state !== 'applied' || this.tried('settle')
  }

  #draftFits(
    id: string,
    draft: { body: string; submitted: string | null },
    body: string | undefined,
  ): boolean {
    if (body !== undefined) return body === draft.body || this.tried('draft', (one) => one.body === body)
    // A draft handed in by an act that was cut off may have gone with that act's receipt.
    const received = draft.submitted !== null || this.tried('submit', (one) => one.id === id)
    const gone = this.tried('discard', (one) => one.id === id) || this.received.has(id)
    return gone || (received && this.tried('settle'))
  }

  #checkWhole(db: Work['db'], left: Left | 'all'): string[] {
    const wrong: string[] = []
    try {
      quickCheck(db)
    } catch (error) {
      wrong.push(String(error))
    }
    const audit = verifyAudit(db, null)
    if (!audit.intact && left !== 'journal') wrong.push(`audit broken at ${audit.brokenAt}`)
    const cursor = Number((getMeta(db, 'cursor') ?? 'c0').slice(1))
    const reports = db.get<{ n: number }>('SELECT count(*) AS n FROM m_reports')!.n
    if (cursor !== reports) wrong.push(`cursor ${cursor}, ${reports} reports`)
    // A copy or an empty database is behind, and the hub gives the rest once more.
    if (left === 'all' && cursor < this.cursor) wrong.push(`cursor ${cursor} < ${this.cursor}`)
    return wrong
  }
}

/** What opening a folder after a crash came to. */
export interface Verdict {
  rung: string
  /** Why the database alone was not enough. */
  why: string
  redone: number
  wrong: string[]
}

/**
 * Opens what a crash left, as the next sign-in would, and compares. A desk that nobody was told of may be missing.
 * `adopt`: what was cut off is decided now, and the next crash is judged by that. `left`: what was not ruined.
 */
export function judge(
  folder: string,
  expected: Expectation,
  { adopt = false, left = 'all' as Left | 'all' } = {},
): Verdict {
  const host = fakeHost({ dataDir: folder, seed: basename(folder) })
  let work: Work
  try {
    work = openWork(host, CRASH_KEY, crashDevice.id)
  } catch (error) {
    if (expected.acknowledged === 0) return { rung: 'none', why: String(error), redone: 0, wrong: [] }
    return { rung: 'none', why: String(error), redone: 0, wrong: [String(error)] }
  }
  const said = (event: string) =>
    host.logs.find((line) => line.event === event)?.data as Record<string, string | number> | undefined
  const opened = said('opened_after_trouble')
  try {
    const lost = Number(opened?.['lost'] ?? 0)
    const rung = String(opened?.['rung'] ?? 'wal')
    const wrong = expected.check(folder, work, left)
    if (adopt) expected.adopt(folder, work)
    if (lost > 0) wrong.push(`${lost} records of the journal lost`)
    const why = String(said('set_aside')?.['why'] ?? '')
    return { rung, why, redone: Number(opened?.['redone'] ?? 0), wrong }
  } finally {
    closeDb(work.db)
  }
}

/** The same crash, and then the database and all copies are gone too: the journal alone must hold all open work. */
export function judgeJournalAlone(folder: string, expected: Expectation): string[] {
  for (const suffix of ['', '-wal', '-shm', '.open'])
    rmSync(join(folder, `desk.db${suffix}`), { force: true })
  for (const copy of backupsOf(join(folder, 'desk.db'))) rmSync(copy)
  askForRecovery(folder, 'hub')
  const work = openWork(fakeHost({ dataDir: folder, seed: 'alone' }), CRASH_KEY, crashDevice.id)
  const acts = new Set(work.db.all<{ id: string }>('SELECT id FROM outbox').map((row) => row.id))
  const drafts = new Set(work.db.all<{ id: string }>('SELECT id FROM drafts').map((row) => row.id))
  const letters = checkLetters(folder, work.db, expected, true)
  closeDb(work.db)
  const open = [...expected.acts].filter(([id, state]) => state === 'made' && !acts.has(id))
  const gone = [...expected.drafts].filter(([id, draft]) => draft !== null && !drafts.has(id))
  const settling = expected.trying.some((one) => one.try === 'settle' || one.try === 'discard')
  return [
    ...open.map(([id]) => `journal alone: act ${id}`),
    ...gone.filter(() => !settling).map(([id]) => `journal alone: draft ${id}`),
    ...letters.map((words) => `journal alone: ${words}`),
  ]
}
