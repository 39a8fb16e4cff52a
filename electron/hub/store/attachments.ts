import type { Work } from '../context.ts'
import type { Sql } from '../db/engine.ts'

/** Remembers that a report's texts or answers name these files, so that its agency may fetch them. */
export async function referAttachments(
  work: Work,
  reportId: string,
  hashes: readonly string[],
): Promise<void> {
  for (const hash of hashes) {
    await work.q('insert into attachment_refs values ($1, $2) on conflict do nothing', [hash, reportId])
  }
}

/** Remembers a stored file, and which agency uploaded it (null: a citizen). */
export async function recordAttachment(
  work: Work,
  file: { sha256: string; size: number; mime: string },
  agencyId: string | null,
): Promise<void> {
  await work.q('insert into attachments values ($1, $2, $3, $4) on conflict do nothing', [
    file.sha256,
    file.size,
    file.mime,
    work.now,
  ])
  if (agencyId)
    await work.q('insert into attachment_uploads values ($1, $2) on conflict do nothing', [
      file.sha256,
      agencyId,
    ])
}

/** A stored file that this agency uploaded, or that one of its reports or letters names; undefined otherwise. */
export async function findAttachment(
  sql: Sql,
  agencyId: string,
  sha256: string,
): Promise<{ size: number; mime: string } | undefined> {
  const [row] = await sql.q<{ size: number; mime: string }>(
    `select a.size, a.mime from attachments a where a.sha256 = $1 and (
       exists (select 1 from attachment_uploads u where u.sha256 = a.sha256 and u.agency_id = $2)
       or exists (select 1 from attachment_refs f join reports r on r.id = f.report_id where f.sha256 = a.sha256 and r.agency_id = $2)
       or exists (select 1 from letters l where l.sha256 = a.sha256 and l.agency_id = $2))`,
    [sha256, agencyId],
  )
  return row
}
