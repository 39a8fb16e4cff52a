import { MAX_THUMBS } from '@shared/sync/thumbnails.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Topic } from '@shared/ipc/topics.ts'
import { sha256Of } from '../archive/seal.ts'
import { bytesIn } from '../hub-client/pace.ts'
import { LINK_CODES } from './attachments.ts'
import { spend } from './budget.ts'
import type { SyncContext } from './context.ts'
import type { WantedThumb } from './wanted.ts'

/** One answer takes about this long, and lies within these bounds: what was cut off is asked for again. */
const ANSWER_SECONDS = 8
const ANSWER = { least: 24_576, most: 480_000, unknown: 98_304 }

/**
 * Fetches as many of these small pictures as one answer should carry, and keeps them in the encrypted database. Answers
 * which of them the hub did not give, or gave damaged. Rejects when the link itself failed; what came before stays.
 */
export async function fetchThumbs(ctx: SyncContext, wanted: readonly WantedThumb[]): Promise<string[]> {
  const batch = firstOf(wanted, bytesIn(ctx.client.pace?.().downBps ?? null, ANSWER_SECONDS, ANSWER))
  const given = await ask(ctx, batch)
  const { db } = ctx
  if (!db.open) return []
  const whole = given.filter(({ sha256, bytes }) => batch.includes(sha256) && sha256Of(bytes) === sha256)
  db.tx(() => {
    for (const { sha256, bytes } of whole)
      db.run('INSERT OR IGNORE INTO thumbs (sha256, bytes) VALUES (?, ?)', sha256, bytes)
    spend(
      ctx,
      'files',
      given.reduce((sum, { bytes }) => sum + bytes.length, 0),
    )
  })
  const here = new Set(whole.map(({ sha256 }) => sha256))
  if (here.size > 0) ctx.stale(['sync', ...reportsOf(ctx, [...here])])
  // An answer that was cut off gave some: the others are asked for again. One that gave none will not give them next time.
  return here.size > 0 ? given.map(({ sha256 }) => sha256).filter((sha256) => !here.has(sha256)) : batch
}

async function ask({ client, host }: SyncContext, batch: readonly string[]) {
  try {
    return await client.getThumbs(batch)
  } catch (error) {
    if (!(error instanceof AppError) || LINK_CODES.includes(error.code)) throw error
    host.log('thumbs_refused', { count: batch.length, code: error.code })
    return []
  }
}

function firstOf(wanted: readonly WantedThumb[], most: number): string[] {
  const batch: string[] = []
  let bytes = 0
  for (const { sha256, size } of wanted) {
    if (batch.length > 0 && (batch.length >= MAX_THUMBS || bytes + size > most)) break
    batch.push(sha256)
    bytes += size
  }
  return batch
}

/** The reports on which these pictures are seen, by their topic. */
function reportsOf({ db }: SyncContext, hashes: readonly string[]): Topic[] {
  const found = hashes.flatMap((sha256) =>
    db.all<{ id: string }>(
      `SELECT f.report_id AS id FROM attachments a JOIN attachment_refs f ON f.sha256 = a.sha256 WHERE a.thumb_sha256 = ?`,
      sha256,
    ),
  )
  return [...new Set(found.map(({ id }): Topic => `report:${id}`))]
}
