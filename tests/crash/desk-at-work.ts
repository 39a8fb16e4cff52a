import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PROTOCOL, type ExchangeRequest, type ExchangeResponse } from '@shared/sync/exchange.ts'
import { putSlot } from '../../electron/core/accounts/device-store.ts'
import { openWork, type Work } from '../../electron/core/accounts/open-work.ts'
import { storeFile } from '../../electron/core/archive/store-file.ts'
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
import { exchangeOnce } from '../../electron/core/sync/exchange-step.ts'
import { fakeHost, type FakeHost } from '../fakes/fake-host.ts'
import { idOf, officeChanges, people, reportChanges } from '../core/sample.ts'

/** Key and device of every desk in the crash rigs. */
export const CRASH_KEY = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)
export const crashDevice: Device = {
  id: idOf(0xd1),
  code: 'AA',
  name: '',
  agencyId: 'PUPR',
  hubId: idOf(0xb1),
  hubUrl: '',
  practice: false,
}
const REPORTS = 3

/** What a desk says: `try` before an act, the rest once it was acknowledged. One JSON object a line. */
export type Said =
  | { try: 'act' | 'undo' | 'draft' | 'discard' | 'submit' | 'settle' | 'other'; id?: string; body?: string }
  | { ok: 'act'; id: string }
  | { ok: 'undo'; id: string }
  | { ok: 'draft'; id: string; body: string }
  | { ok: 'discard'; id: string }
  | { ok: 'submit'; draft: string; id: string }
  | { ok: 'settle'; ids: string[]; cursor: number }
  | { ok: 'file'; sha256: string }
  | { ok: 'slot'; owner: string }
  | { ok: 'refused' }
  | { ok: 'other' }

/** An open desk without engine, and what random acts need to know of it. */
export interface DeskAtWork {
  work: Work
  desk: Desk
  host: FakeHost
  /** Whole number below `n`. */
  pick(n: number): number
  drafts: string[]
  step: number
}

/** Opens the desk in a folder the way a sign-in does; the first time after making it the way an enrolment does. */
export function openDeskAt(folder: string, seed: string, fresh = false): DeskAtWork {
  const host = fakeHost({ dataDir: folder, seed })
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
  if (getMeta(db, 'cursor') === null) {
    const changes = [
      ...officeChanges(),
      ...Array.from({ length: REPORTS }, (_, i) => reportChanges(i + 1, {}, { state: 'verified' })).flat(),
    ]
    applyPage(db, { baseCursor: null, cursor: 'c3', changes, more: false }, () => ({
      now: host.now(),
      settings: settings(),
    }))
    db.run(`INSERT INTO sessions (person_id, token, expires_at) VALUES (?, 't', 0)`, people.clerk.id)
  }
  const pick = (n: number) => {
    const [a = 0, b = 0] = host.random(2)
    return (a * 256 + b) % n
  }
  return { work, desk, host, pick, drafts: openDrafts(desk), step: 0 }
}

const openDrafts = ({ db }: Desk) =>
  db.all<{ id: string }>('SELECT id FROM drafts WHERE submitted = 0').map((row) => row.id)

/** One random act of a day at the desk, said before and after. */
export async function oneAct(at: DeskAtWork, say: (line: Said) => void): Promise<void> {
  at.step++
  const dice = at.pick(100)
  if (dice < 34) saySaved(at, say)
  else if (dice < 56) sayAct(at, say)
  else if (dice < 64) sayUndo(at, say)
  else if (dice < 70) sayDiscard(at, say)
  else if (dice < 76) saySubmit(at, say)
  else if (dice < 88) await saySettled(at, say)
  else if (dice < 92) sayFile(at, say)
  else if (dice < 94) saySlot(at, say)
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
    attachments: [],
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
  say({ ok: 'submit', draft, id: submitReply(at.desk, draft).mutationId })
}

/** The hub applies everything it is sent and has one more report. */
export async function saySettled(at: DeskAtWork, say: (line: Said) => void): Promise<void> {
  const { db, host, settings } = at.desk
  let ids: string[] = []
  let cursor = 0
  const respond = (request: ExchangeRequest): Promise<ExchangeResponse> => {
    ids = request.mutations.map((mutation) => mutation.id)
    cursor = Number(request.cursor!.slice(1)) + 1
    return Promise.resolve({
      protocol: PROTOCOL,
      hubId: crashDevice.hubId,
      epoch: 1,
      hubTime: 1,
      baseCursor: request.cursor,
      receipts: ids.map((mutationId) => ({
        mutationId,
        outcome: 'applied',
        version: 1,
        reason: null,
        fields: null,
      })),
      changes: reportChanges(cursor, {}, { state: 'verified' }),
      cursor: `c${cursor}`,
      more: false,
      resync: null,
      reportCount: cursor,
    })
  }
  say({ try: 'settle' })
  const client = { exchange: respond, putAttachment: () => Promise.resolve() } as never
  const projection = () => ({ now: host.now(), settings: settings() })
  const result = await exchangeOnce(
    { db, host, carrier: 'https', stale: () => {}, client, projection },
    false,
  )
  if (result.type === 'exchanged') say({ ok: 'settle', ids, cursor })
  else say({ ok: 'refused' })
}

function sayFile(at: DeskAtWork, say: (line: Said) => void): void {
  say({ try: 'other' })
  const bytes = Buffer.from(`lampiran ${at.step} ${'y'.repeat(at.pick(20_000))}`)
  const { sha256 } = storeFile(at.desk, { name: 'a.png', mime: 'image/png', bytes }, 'to_upload')
  say({ ok: 'file', sha256 })
}

function saySlot(at: DeskAtWork, say: (line: Said) => void): void {
  say({ try: 'other' })
  const owner = `orang-${at.pick(5)}`
  const text = Buffer.from(`kunci ${at.step}`).toString('base64')
  putSlot(at.desk.host.dataDir, { owner, salt: text, memoryKib: 1, passes: 1, sealed: text })
  say({ ok: 'slot', owner })
}

function sayUpkeep(at: DeskAtWork, say: (line: Said) => void): void {
  say({ try: 'other' })
  const what = at.pick(3)
  if (what === 0) backupDaily(at.desk.db, `2026-03-${String(1 + (at.step % 28)).padStart(2, '0')}`)
  else if (what === 1) at.work.journal.compact(at.desk.db)
  else at.desk.db.pragma('wal_checkpoint(TRUNCATE)')
  say({ ok: 'other' })
}
