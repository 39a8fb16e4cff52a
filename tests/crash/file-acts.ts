import type { AttachmentRef } from '@shared/domain/report.ts'
import { putSlot } from '../../electron/core/accounts/device-store.ts'
import { readPreferences, writePreferences } from '../../electron/core/accounts/preferences.ts'
import { storeFile } from '../../electron/core/archive/store-file.ts'
import { draftLetter } from '../../electron/core/commands/draft-letter.ts'
import { issueLetter } from '../../electron/core/commands/issue-letter.ts'
import { letterRow } from '../../electron/core/queries/letters.ts'
import { nextOriginals } from '../../electron/core/sync/wanted.ts'
import { download } from '../../electron/core/sync/download.ts'
import { replyTo } from '../core/office.ts'
import { idOf } from '../core/sample.ts'
import { bytesOf, isAnswered } from './hub-at-work.ts'
import type { DeskAtWork, Said } from './said.ts'

type Say = (line: Said) => void

/** Keeps a file of the desk's own; some are long enough for a resumable upload. */
export function sayFile(at: DeskAtWork, say: Say): void {
  say({ try: 'other' })
  const size = at.pick(4) === 0 ? 150_000 + at.pick(60_000) : at.pick(20_000)
  const bytes = bytesOf(`lampiran ${at.step} ${Buffer.from(at.host.random(8)).toString('hex')}`, size)
  const ref = storeFile(at.desk, { name: 'lampiran.png', mime: 'image/png', bytes }, 'to_upload')
  at.files.push(ref)
  say({ ok: 'file', sha256: ref.sha256 })
}

/** Files of the desk's own that an answer may name. */
export const ownFiles = ({ db }: DeskAtWork['desk']): AttachmentRef[] =>
  db.all<AttachmentRef>(
    `SELECT sha256, mime, size, name FROM attachments WHERE name = 'lampiran.png' ORDER BY sha256`,
  )

/** Goes on with a wanted photo; now and then stops between two pieces, now and then the link breaks. */
export async function sayFetch(at: DeskAtWork, say: Say): Promise<void> {
  const all = nextOriginals(at.sync, new Set())
  const wanted = all[at.pick(all.length || 1)]
  if (!wanted) return
  say({ try: 'fetch', id: wanted.sha256 })
  const how = await download(at.sync, wanted, () => at.pick(4) > 0).catch(() => 'left')
  say(how === 'here' ? { ok: 'fetch', sha256: wanted.sha256 } : { ok: 'refused' })
}

/** Renders the letter of an approved answer, again with another date, or gives it its number. */
export async function sayLetter(at: DeskAtWork, say: Say): Promise<void> {
  const { db } = at.desk
  const known = db.get<{ n: number }>('SELECT count(*) AS n FROM m_reports')!.n
  const n = 1 + at.pick(known)
  const reportId = idOf(n)
  if (!isAnswered(n) || db.get(`SELECT 1 FROM letters WHERE report_id = ? AND state = 'issued'`, reportId))
    return
  say({ try: 'letter', id: reportId })
  const date = `2026-02-${String(2 + at.pick(20)).padStart(2, '0')}`
  const order = { kind: 'reply', reportId, replyId: replyTo(n).id, dispositionId: null, paper: null } as const
  const { id } = await draftLetter(at.desk, { ...order, date })
  sayMade(at, say, id)
  if (at.pick(3) > 0) return
  say({ try: 'letter', id: reportId })
  await issueLetter(at.desk, id)
  sayMade(at, say, id)
}

function sayMade({ desk }: DeskAtWork, say: Say, id: string): void {
  const { reportId, sha256, state } = letterRow(desk, id)
  const act = desk.db.get<{ id: string }>(
    `SELECT id FROM outbox WHERE kind = 'letter.issue' AND report_id = ? ORDER BY n DESC`,
    reportId,
  )
  say({ ok: 'letter', report: reportId, sha256: sha256!, act: state === 'issued' ? act!.id : null })
}

/** Chooses another look. */
export function sayLook(at: DeskAtWork, say: Say): void {
  const chosen = {
    ...readPreferences(at.host.dataDir),
    theme: (['system', 'light', 'dark'] as const)[at.pick(3)]!,
    textSize: ([100, 115, 130] as const)[at.pick(3)]!,
  }
  say({ try: 'look', body: JSON.stringify(chosen) })
  say({ ok: 'look', body: JSON.stringify(writePreferences(at.host.dataDir, chosen)) })
}

/** Keeps how a person opens the database. */
export function saySlot(at: DeskAtWork, say: Say): void {
  say({ try: 'other' })
  const owner = `orang-${at.pick(5)}`
  const text = Buffer.from(`kunci ${at.step}`).toString('base64')
  putSlot(at.desk.host.dataDir, { owner, salt: text, memoryKib: 1, passes: 1, sealed: text })
  say({ ok: 'slot', owner })
}
