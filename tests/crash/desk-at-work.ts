import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ExchangeRequest } from '@shared/sync/exchange.ts'
import { openWork } from '../../electron/core/accounts/open-work.ts'
import { discardDraft } from '../../electron/core/commands/discard-draft.ts'
import { saveDraft } from '../../electron/core/commands/save-draft.ts'
import { submitReply } from '../../electron/core/commands/submit-reply.ts'
import { backupDaily } from '../../electron/core/db/backup.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import { closeDb, openDb } from '../../electron/core/db/open.ts'
import type { Desk, Device } from '../../electron/core/desk.ts'
import { applyPage } from '../../electron/core/mirror/apply-change.ts'
import { settingsReader } from '../../electron/core/mirror/settings.ts'
import { undo } from '../../electron/core/outbox/decide.ts'
import { enqueue } from '../../electron/core/outbox/enqueue.ts'
import { searchCatcher } from '../../electron/core/sync/catch-up-search.ts'
import type { SyncContext } from '../../electron/core/sync/context.ts'
import { exchangeOnce } from '../../electron/core/sync/exchange-step.ts'
import { sweepFiles } from '../../electron/core/sync/housekeeping.ts'
import { fakeHost } from '../fakes/fake-host.ts'
import { realPrinter } from '../core/office.ts'
import { idOf, people } from '../core/sample.ts'
import type { DeskAtWork, Said } from './said.ts'
import { ownFiles, sayFetch, sayFile, sayLetter, sayLook, saySlot } from './file-acts.ts'
import { CRASH_HUB, FEW, filesSent, HubAtWork, MANY, pageAfter } from './hub-at-work.ts'

/** Key and device of every desk in the crash rigs. */
export const CRASH_KEY = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)
export const crashDevice: Device = {
  id: idOf(0xd1),
  code: 'AA',
  name: '',
  agencyId: 'PUPR',
  hubId: CRASH_HUB,
  hubUrl: '',
  practice: false,
}
const REPORTS = 3

/** How a desk is opened. */
export interface Opening {
  /** Makes it first, the way an enrolment does. */
  fresh?: boolean
  /** Its mirror comes in pages, over the exchange. */
  many?: boolean
  /** Told what is acknowledged or witnessed. */
  say?: (line: Said) => void
  /** The link never breaks. */
  calm?: boolean
}

/** Opens the desk in a folder the way a sign-in does. */
export function openDeskAt(folder: string, seed: string, opening: Opening = {}): DeskAtWork {
  const { fresh = false, many = false, say = () => {}, calm = false } = opening
  const host = fakeHost({ dataDir: folder, seed })
  realPrinter({ host })
  const first = many ? MANY : FEW
  if (opening.say) say({ note: 'opened', first })
  const path = join(folder, 'desk.db')
  if (fresh && !existsSync(path)) closeDb(openDb({ path, key: CRASH_KEY, create: true }))
  const work = openWork(host, CRASH_KEY, crashDevice.id)
  const { db } = work
  const settings = settingsReader(db)
  const desk: Desk = {
    db,
    host,
    settings,
    device: crashDevice,
    person: people.clerk,
    stale: () => {},
    wake: () => {},
  }
  const pick = (n: number) => {
    const [a = 0, b = 0] = host.random(2)
    return (a * 256 + b) % n
  }
  const projection = () => ({ now: host.now(), settings: settings() })
  if (getMeta(db, 'cursor') === null) {
    if (!many) applyPage(db, pageAfter(null, first), projection)
    db.run(
      `INSERT OR IGNORE INTO sessions (person_id, token, expires_at) VALUES (?, 't', 0)`,
      people.clerk.id,
    )
  }
  const hub = new HubAtWork(first, say, () => !calm && pick(16) === 0)
  const sync: SyncContext = { db, host, carrier: 'https', stale: () => {}, client: hub.client, projection }
  if (!work.recovery) sweepFiles(db, folder)
  return { work, desk, host, hub, sync, pick, drafts: openDrafts(desk), files: ownFiles(desk), step: 0 }
}

const openDrafts = ({ db }: Desk) =>
  db.all<{ id: string }>('SELECT id FROM drafts WHERE submitted = 0').map((row) => row.id)

/** One random act of a day at the desk, said before and after. */
export async function oneAct(at: DeskAtWork, say: (line: Said) => void): Promise<void> {
  at.step++
  const dice = at.pick(100)
  if (dice < 30) saySaved(at, say)
  else if (dice < 48) sayAct(at, say)
  else if (dice < 54) sayUndo(at, say)
  else if (dice < 59) sayDiscard(at, say)
  else if (dice < 65) saySubmit(at, say)
  else if (dice < 75) await saySettled(at, say)
  else if (dice < 83) await sayFetch(at, say)
  else if (dice < 87) await sayLetter(at, say)
  else if (dice < 90) sayFile(at, say)
  else if (dice < 92) saySlot(at, say)
  else if (dice < 94) sayLook(at, say)
  else sayUpkeep(at, say)
}

export function saySaved(at: DeskAtWork, say: (line: Said) => void): void {
  const known = at.drafts.length > 0 && at.pick(4) > 0 ? at.drafts[at.pick(at.drafts.length)]! : null
  const body = `naskah ${at.step} ${'kata '.repeat(at.pick(400))}${randomBytes(4).toString('hex')}`
  say({ try: 'draft', id: known ?? '', body })
  const reportId = known
    ? at.desk.db.get<{ id: string }>('SELECT report_id AS id FROM drafts WHERE id = ?', known)!.id
    : idOf(1 + at.pick(REPORTS))
  const { id } = saveDraft(at.desk, {
    draftId: known,
    reportId,
    kind: 'final',
    body,
    attachments: at.files.length > 0 && at.pick(3) === 0 ? [at.files[at.pick(at.files.length)]!] : [],
    replyId: null,
  })
  say({ ok: 'draft', id, body })
  if (!at.drafts.includes(id)) at.drafts.push(id)
}

export function sayAct(at: DeskAtWork, say: (line: Said) => void): void {
  say({ try: 'act' })
  const payload = { text: `catatan ${at.step} ${'x'.repeat(at.pick(2000))}` }
  const reportId = idOf(1 + at.pick(REPORTS))
  say({
    ok: 'act',
    id: enqueue(at.desk, { kind: 'report.note', reportId, baseVersion: 1, payload }).mutationId,
  })
}

function sayUndo(at: DeskAtWork, say: (line: Said) => void): void {
  say({ try: 'act' })
  const reportId = idOf(1 + at.pick(REPORTS))
  const payload = { text: 'dibatalkan' }
  const act = { kind: 'report.note', reportId, baseVersion: 1, payload, holdMs: 10_000 } as const
  const { mutationId: id } = enqueue(at.desk, act)
  say({ ok: 'act', id })
  say({ try: 'undo', id })
  undo(at.desk, id)
  say({ ok: 'undo', id })
}

function sayDiscard(at: DeskAtWork, say: (line: Said) => void): void {
  const id = at.drafts.splice(at.pick(at.drafts.length || 1), 1)[0]
  if (!id) return
  say({ try: 'discard', id })
  discardDraft(at.desk, id)
  say({ ok: 'discard', id })
}

function saySubmit(at: DeskAtWork, say: (line: Said) => void): void {
  const draft = at.drafts.splice(at.pick(at.drafts.length || 1), 1)[0]
  if (!draft) return
  say({ try: 'submit', id: draft })
  // A power cut may have kept a draft that was never acknowledged: its words are known from here alone.
  const { body } = at.desk.db.get<{ body: string }>('SELECT body FROM drafts WHERE id = ?', draft)!
  say({ ok: 'submit', draft, id: submitReply(at.desk, draft).mutationId, body })
}

/** What is ready goes to the hub with its files, and the next page comes; a broken link leaves everything as it was. */
export async function saySettled(at: DeskAtWork, say: (line: Said) => void): Promise<void> {
  let sent: Pick<ExchangeRequest, 'mutations'> = { mutations: [] }
  const { client } = at.hub
  const exchange: typeof client.exchange = (request) => {
    // The next page is asked for while this one is written.
    if (request.mutations.length > 0) sent = request
    return client.exchange(request)
  }
  say({ try: 'settle' })
  const result = await exchangeOnce({ ...at.sync, client: { ...client, exchange } }, false)
  // Receipts count as soon as they are written, also when the link broke while the page was.
  const isApplied = `SELECT 1 FROM outbox WHERE id = ? AND state = 'applied'`
  const ids = sent.mutations.map(({ id }) => id).filter((id) => at.desk.db.get(isApplied, id))
  // In the middle of a long pull a page may be lost with the power: the hub gives it again.
  const cursor = result.type === 'exchanged' && !result.more ? cursorOf(at.desk) : null
  say({ ok: 'settle', ids, cursor, files: filesSent(sent) })
}

/** Reports that the pages so far have brought. */
export const cursorOf = ({ db }: Pick<Desk, 'db'>): number => Number((getMeta(db, 'cursor') ?? 'c0').slice(1))

/** The search index follows a first mirror that has become whole. */
export function catchUp(at: DeskAtWork): void {
  searchCatcher(at.sync).go()
  at.host.advance(1000)
}

function sayUpkeep(at: DeskAtWork, say: (line: Said) => void): void {
  say({ try: 'other' })
  const what = at.pick(3)
  if (what === 0) backUp(at)
  else if (what === 1) at.work.journal.compact(at.desk.db)
  else at.desk.db.pragma('wal_checkpoint(TRUNCATE)')
  say({ ok: 'other' })
}

/** The day's copy, and the journal without what the kept copies have. */
export function backUp({ desk: { db }, work, step }: DeskAtWork): void {
  if (backupDaily(db, `2026-03-${String(1 + (step % 28)).padStart(2, '0')}`)) work.journal.compact(db)
}
