import { AppError, LINK_FAILURES, type ErrorCode } from '@shared/ipc/errors.ts'
import type { Mutation } from '@shared/sync/mutations.ts'
import { readAttachment } from '../archive/read-file.ts'
import { isOffering } from '../outbox/settle.ts'
import type { DeskDb } from '../db/open.ts'
import { spend } from './budget.ts'
import type { SyncContext } from './context.ts'

/** Failures of the link, not of one file: the whole exchange waits. */
export const LINK_CODES: readonly ErrorCode[] = [...LINK_FAILURES, 'device_revoked', 'wrong_hub']

/** What a file can do to an act for good: no later try would bring it to the hub. */
export type FileFault = 'file_unreadable' | 'file_refused'

/** Acts that cannot go because of their files, by id: `held` for now, `refused` until a person decides. */
export interface WithoutFiles {
  held: Set<string>
  refused: Map<string, FileFault>
}

/**
 * Uploads the files that these acts name before the acts are sent. Acts whose files did not get there hold back only what
 * depends on them (SYNC-04).
 */
export async function uploadFor(ctx: SyncContext, mutations: readonly Mutation[]): Promise<WithoutFiles> {
  const held = new Set<string>()
  const refused = new Map<string, FileFault>()
  for (const mutation of mutations) {
    for (const sha256 of filesOf(mutation)) {
      const went = await upload(ctx, sha256)
      if (went === 'later') held.add(mutation.id)
      else if (went !== 'there') refused.set(mutation.id, went)
    }
  }
  return { held, refused }
}

/** Whether an act names files that the hub does not have yet. */
export const lacksFiles = (db: DeskDb, mutation: Mutation): boolean =>
  filesOf(mutation).some((sha256) => isToUpload(db, sha256))

const isToUpload = (db: DeskDb, sha256: string) =>
  db.get(`SELECT 1 FROM attachments WHERE sha256 = ? AND state = 'to_upload'`, sha256) !== undefined

/** Hashes of the files an act names. */
export function filesOf(mutation: Mutation): string[] {
  if (mutation.kind === 'reply.submit') return mutation.payload.attachments.map((file) => file.sha256)
  if (mutation.kind === 'letter.issue') return [mutation.payload.letter.sha256]
  return []
}

/** The hub's own words about the file itself; its other failures may pass. */
const FINAL: readonly ErrorCode[] = ['too_large', 'unsupported_file']

async function upload(ctx: SyncContext, sha256: string): Promise<FileFault | 'there' | 'later'> {
  const { db, host, client } = ctx
  if (!isToUpload(db, sha256)) return 'there'
  const file = readAttachment({ db, host }, sha256)
  if (!file) {
    host.log('upload_unreadable', { sha256 })
    return 'file_unreadable'
  }
  try {
    await client.putAttachment(sha256, file.bytes, isOffering(db))
    if (db.open) spend(ctx, 'files', file.bytes.length)
  } catch (error) {
    if (!(error instanceof AppError) || LINK_CODES.includes(error.code)) throw error
    host.log('upload_refused', { sha256, code: error.code })
    return FINAL.includes(error.code) ? 'file_refused' : 'later'
  }
  if (db.open) db.run(`UPDATE attachments SET state = 'uploaded' WHERE sha256 = ?`, sha256)
  return 'there'
}
