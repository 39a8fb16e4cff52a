import { MAX_ATTACHMENT_BYTES, type AttachmentRef } from '@shared/domain/report.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { dropPart, partLength, readPart, writePart } from '../archive/part-file.ts'
import { FILE_KEY_BYTES, sha256Of } from '../archive/seal.ts'
import { storeFile } from '../archive/store-file.ts'
import { bytesIn } from '../hub-client/pace.ts'
import { LINK_CODES } from './attachments.ts'
import { spend } from './budget.ts'
import type { SyncContext } from './context.ts'

/** A piece takes about this long, and lies within these bounds (P21). */
const PIECE_SECONDS = 8
const PIECE = { least: 65_536, most: 1_048_576, unknown: 131_072 }

/** How a download went: `here` and what it claims to be; `refused` by the hub or damaged; `left` unfinished when told to. */
export type Downloaded = 'here' | 'refused' | 'left'

/**
 * Downloads one wanted file by ranges, going on where an earlier try (or an earlier start of the app) stopped. `goOn` is
 * asked between pieces. Rejects when the link itself failed; what came until then stays.
 */
export async function download(
  ctx: SyncContext,
  wanted: AttachmentRef,
  goOn: () => boolean = () => true,
): Promise<Downloaded> {
  const { db, host } = ctx
  try {
    const key = partKey(ctx, wanted.sha256)
    let at = partLength(host.dataDir, wanted.sha256)
    // Of a letter from another PC only the hash is known; the hub tells the size.
    let size = wanted.size > 0 ? wanted.size : null
    if (at > (size ?? MAX_ATTACHMENT_BYTES)) at = restart(ctx, wanted.sha256)
    while (size === null || at < size) {
      if (!goOn()) return 'left'
      const piece = bytesIn(ctx.client.pace?.().downBps ?? null, PIECE_SECONDS, PIECE)
      const got = await ctx.client.getPart(wanted.sha256, at, Math.min(size ?? Infinity, at + piece))
      if (!db.open) return 'left'
      size ??= got.total
      if (got.total === at) break
      if (got.total !== size || size > MAX_ATTACHMENT_BYTES || got.bytes.length === 0)
        return damaged(ctx, wanted, got.bytes.length)
      writePart(host.dataDir, wanted.sha256, key, got.from, got.bytes)
      spend(ctx, 'files', got.bytes.length)
      at = got.from + got.bytes.length
    }
    const bytes = readPart(host.dataDir, wanted.sha256, key) ?? new Uint8Array()
    if (sha256Of(bytes) !== wanted.sha256) return damaged(ctx, wanted, bytes.length)
    storeFile({ db, host }, { name: wanted.name, mime: wanted.mime, bytes }, 'here')
    dropPart(host.dataDir, wanted.sha256)
  } catch (error) {
    if (!(error instanceof AppError) || LINK_CODES.includes(error.code)) throw error
    host.log('download_refused', { sha256: wanted.sha256, code: error.code })
    return 'refused'
  }
  const reports = db.all<{ id: string }>(
    'SELECT report_id AS id FROM attachment_refs WHERE sha256 = ?',
    wanted.sha256,
  )
  ctx.stale(['sync', ...reports.map(({ id }): `report:${string}` => `report:${id}`)])
  return 'here'
}

/** Nothing of a damaged file is believed: the next try starts from the beginning. */
function damaged(ctx: SyncContext, { sha256 }: AttachmentRef, bytes: number): 'refused' {
  ctx.host.log('download_damaged', { sha256, bytes })
  restart(ctx, sha256)
  return 'refused'
}

function restart({ host }: SyncContext, sha256: string): 0 {
  dropPart(host.dataDir, sha256)
  return 0
}

/** The key of the unfinished file, kept with its row before the first byte: after a crash the rest still fits. */
function partKey({ db, host }: SyncContext, sha256: string): Uint8Array {
  const row = db.get<{ key: Uint8Array | null }>(
    'SELECT file_key AS key FROM attachments WHERE sha256 = ?',
    sha256,
  )
  // Without a first byte the key, if any, is that of an earlier copy: each writing has its own.
  if (row?.key && partLength(host.dataDir, sha256) > 0) return row.key
  dropPart(host.dataDir, sha256)
  const key = host.random(FILE_KEY_BYTES)
  db.run(`UPDATE attachments SET file_key = ? WHERE sha256 = ? AND state = 'wanted'`, key, sha256)
  return key
}
