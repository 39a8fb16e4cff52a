import { uuidv7 } from '@shared/domain/ids.ts'
import { mutationPayloads } from '@shared/sync/mutations.ts'
import { appendAudit } from '../audit/chain.ts'
import type { Enqueue } from '../desk.ts'
import { projectReport } from '../mirror/project.ts'
import { topicsOf } from './topics.ts'

/**
 * Queues an act for the hub: outbox row, audit entry and projection in one durable transaction, with whatever
 * `inSameTransaction` adds. The row's id is its idempotency key for ever. Verifies SYNC-01.
 */
export const enqueue: Enqueue = (desk, mutation, inSameTransaction) => {
  const { db, host } = desk
  const { kind, reportId, baseVersion } = mutation
  const now = host.now()
  const id = uuidv7(now, host.random(10))
  const heldUntil = mutation.holdMs ? now + mutation.holdMs : null
  const payload = JSON.stringify(mutationPayloads[kind].parse(mutation.payload))
  db.tx(() => {
    db.run(
      `INSERT INTO outbox (id, kind, report_id, person_id, base_version, payload, made_at, state, held_until)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      kind,
      reportId,
      desk.person.id,
      baseVersion,
      payload,
      now,
      heldUntil === null ? 'queued' : 'held',
      heldUntil,
    )
    appendAudit(db, {
      at: now,
      personId: desk.person.id,
      action: kind,
      subjectId: reportId,
      data: { mutation: id },
    })
    inSameTransaction?.()
    if (reportId) projectReport(db, reportId, { now, settings: desk.settings() })
  })
  desk.stale(topicsOf(kind, reportId))
  desk.wake()
  return { mutationId: id, undoUntil: heldUntil }
}
