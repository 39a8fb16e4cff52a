import type { Output, Parsed } from '@shared/ipc/contract.ts'
import type { Role } from '@shared/domain/person.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { appendAudit } from '../audit/chain.ts'
import type { Desk } from '../desk.ts'
import { foldedReport } from '../queries/reports.ts'

const MAY_OPEN: readonly Role[] = ['supervisor', 'agency_admin']
/** Shortest reason the hub accepts, characters. */
const SHORTEST_REASON = 10

/** Asks the hub to open a sealed identity; lent by whoever holds the link, so that commands never wait for the network themselves. */
export type AskIdentity = (question: {
  reportId: string
  reason: string
}) => Promise<Output<'reports.revealIdentity'>>

/**
 * Opens the sealed identity of an anonymous reporter and records who, when and why before it is shown; nothing of it
 * is stored (PRIV-02). Throws AppError not_found, not_allowed, wrong_state, reason_required or what the link throws.
 */
export async function revealIdentity(
  desk: Desk,
  { reportId, reason }: Parsed<'reports.revealIdentity'>,
  ask: AskIdentity,
): Promise<Output<'reports.revealIdentity'>> {
  const { state } = foldedReport(desk, reportId)
  if (!desk.person.roles.some((role) => MAY_OPEN.includes(role)))
    throw new AppError('not_allowed', 'sealed identity')
  if (!state.anonymous) throw new AppError('wrong_state', 'not anonymous')
  if (reason.trim().length < SHORTEST_REASON) throw new AppError('reason_required')
  const identity = await ask({ reportId, reason })
  appendAudit(desk.db, {
    at: desk.host.now(),
    personId: desk.person.id,
    action: 'identity.reveal',
    subjectId: reportId,
    data: { reasonCharacters: reason.trim().length },
  })
  return identity
}
