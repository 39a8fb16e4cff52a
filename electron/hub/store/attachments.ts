import type { AttachmentRef } from '@shared/domain/report.ts'
import type { Work } from '../context.ts'
import type { Sql } from '../db/engine.ts'
import type { TakenIn } from '../pictures/take-in.ts'

/** Whether the agency `$2` may fetch the attachment `a`. */
const MAY_FETCH = `(
  exists (select 1 from attachment_uploads u where u.sha256 = a.sha256 and u.agency_id = $2)
  or exists (select 1 from attachment_refs f join reports r on r.id = f.report_id where f.sha256 = a.sha256 and r.agency_id = $2)
  or exists (select 1 from letters l where l.sha256 = a.sha256 and l.agency_id = $2))`

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
export async function recordAttachment(work: Work, file: TakenIn, agencyId: string | null): Promise<void> {
  await work.q(
    `insert into attachments (sha256, size, mime, created_at, width, height, thumb_sha256, thumb_size, public_sha256)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      file.sha256,
      file.size,
      file.mime,
      work.now,
      file.width ?? null,
      file.height ?? null,
      file.thumb?.sha256 ?? null,
      file.thumb?.size ?? null,
      file.publicSha256 ?? null,
    ],
  )
  if (agencyId)
    await work.q('insert into attachment_uploads values ($1, $2) on conflict do nothing', [
      file.sha256,
      agencyId,
    ])
}

/** References to files with what the hub knows of each picture; what the sender claims of that does not count. */
export async function describeFiles(sql: Sql, refs: readonly AttachmentRef[]): Promise<AttachmentRef[]> {
  const rows = await sql.q<{ sha256: string; width: number; height: number; thumb: string; size: number }>(
    `select sha256, width, height, thumb_sha256 as thumb, thumb_size as size from attachments
     where sha256 = any($1) and thumb_sha256 is not null`,
    [refs.map((ref) => ref.sha256)],
  )
  const known = new Map(rows.map((row) => [row.sha256, row]))
  return refs.map(({ sha256, mime, size, name }) => {
    const row = known.get(sha256)
    const seen = row && {
      width: row.width,
      height: row.height,
      thumb: { sha256: row.thumb, size: row.size },
    }
    return { sha256, mime, size, name, ...seen }
  })
}

/** Which of these small pictures belong to files that this agency may fetch. */
export async function findThumbs(
  sql: Sql,
  agencyId: string,
  hashes: readonly string[],
): Promise<{ sha256: string; size: number }[]> {
  return sql.q(
    `select distinct a.thumb_sha256 as sha256, a.thumb_size as size from attachments a
     where a.thumb_sha256 = any($1) and ${MAY_FETCH}`,
    [hashes, agencyId],
  )
}

/** A stored file that this agency uploaded, or that one of its reports or letters names; undefined otherwise. */
export async function findAttachment(
  sql: Sql,
  agencyId: string,
  sha256: string,
): Promise<{ size: number; mime: string } | undefined> {
  const [row] = await sql.q<{ size: number; mime: string }>(
    `select a.size, a.mime from attachments a where a.sha256 = $1 and ${MAY_FETCH}`,
    [sha256, agencyId],
  )
  return row
}
