import type { AttachmentRef } from '@shared/domain/report.ts'
import type { DeskDb } from '../db/open.ts'

/** Notes that a report needs these files; those not on this desk become `wanted`. */
export function wantFiles(db: DeskDb, reportId: string, refs: readonly AttachmentRef[]): void {
  for (const ref of refs) {
    db.run('INSERT OR IGNORE INTO attachment_refs (report_id, sha256) VALUES (?, ?)', reportId, ref.sha256)
    db.run(
      `INSERT INTO attachments (sha256, mime, size, name, state, file_key, added_at, thumb_sha256, thumb_size)
       VALUES (?, ?, ?, ?, 'wanted', NULL, 0, ?, ?)
       ON CONFLICT (sha256) DO UPDATE SET thumb_sha256 = excluded.thumb_sha256, thumb_size = excluded.thumb_size
         WHERE attachments.thumb_sha256 IS NULL AND excluded.thumb_sha256 IS NOT NULL`,
      ref.sha256,
      ref.mime,
      ref.size,
      ref.name,
      ref.thumb?.sha256 ?? null,
      ref.thumb?.size ?? null,
    )
  }
}

/** A person wants these files themselves, now or as soon as there is a link; one that is lost from this disk comes anew. */
export function askForFile(db: DeskDb, sha256: string, now: number): void {
  db.run(
    `UPDATE attachments SET state = 'wanted', asked_at = ? WHERE sha256 = ? AND state <> 'to_upload'`,
    now,
    sha256,
  )
}

/**
 * Drops a report's claims on files and the rows (with the keys) of files that nothing else needs: no other report, no
 * draft, no letter, no act on its way. `more` are files that nothing else claimed. Answers the hashes whose ciphertext is now waste.
 */
export function releaseFiles(db: DeskDb, reportId: string, more: readonly string[] = []): string[] {
  const claimed = db.all<{ sha256: string }>(
    'SELECT sha256 FROM attachment_refs WHERE report_id = ?',
    reportId,
  )
  db.run('DELETE FROM attachment_refs WHERE report_id = ?', reportId)
  const released = new Set([...claimed.map((row) => row.sha256), ...more])
  const waste = [...released].filter((sha256) => !isNeeded(db, sha256))
  for (const sha256 of waste) db.run('DELETE FROM attachments WHERE sha256 = ?', sha256)
  return waste
}

/** Whether anything on this desk still names a file. */
export function isNeeded(db: DeskDb, sha256: string): boolean {
  const needed = db.get<{ needed: number }>(
    `SELECT EXISTS (SELECT 1 FROM attachment_refs WHERE sha256 = ?)
         OR EXISTS (SELECT 1 FROM letters WHERE sha256 = ?)
         OR EXISTS (SELECT 1 FROM drafts WHERE instr(attachments, ?) > 0)
         OR EXISTS (SELECT 1 FROM outbox WHERE state NOT IN ('applied','discarded') AND instr(payload, ?) > 0) AS needed`,
    sha256,
    sha256,
    sha256,
    sha256,
  )
  return needed?.needed === 1
}
