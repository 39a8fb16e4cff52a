import type { Output } from '@shared/ipc/contract.ts'
import { AppError } from '@shared/ipc/errors.ts'
import { appendAudit } from '../audit/chain.ts'
import type { Desk } from '../desk.ts'
import type { HubClient, PersonProof } from '../hub-client/port.ts'

/** What the few acts that need the hub at once work with. */
interface Online {
  desk: Desk
  client: HubClient
}

/** Opens a sealed identity at the hub, which records who and why; so does this desk's chain (PRIV-02). */
export async function revealIdentity(
  { desk, client }: Online,
  { reportId, reason }: { reportId: string; reason: string },
): Promise<Output<'reports.revealIdentity'>> {
  const { roles, id: personId } = desk.person
  if (!roles.includes('supervisor') && !roles.includes('agency_admin')) throw new AppError('not_allowed')
  if (reason.trim().length < 10)
    throw new AppError('reason_required', 'ten characters at least', { reason: 'too_short' })
  const identity = await client.openIdentity(proofOf(desk), reportId, reason)
  if (desk.db.open)
    desk.db.tx(() =>
      appendAudit(desk.db, {
        at: desk.host.now(),
        personId,
        action: 'identity.open',
        subjectId: reportId,
        data: {},
      }),
    )
  return identity
}

/** A one-time code for another PC of `agencyId` (null: this one's). The hub checks the person's role. */
export async function createEnrolmentCode(
  { desk, client }: Online,
  { agencyId }: { agencyId: string | null },
): Promise<Output<'setup.createEnrolmentCode'>> {
  const { code, expiresAt } = await client.createEnrolmentCode(
    proofOf(desk),
    agencyId ?? desk.device.agencyId,
  )
  return { code, expiresAt, hubUrl: desk.device.hubUrl }
}

function proofOf({ db, person }: Desk): PersonProof {
  const row = db.get<{ token: string }>('SELECT token FROM sessions WHERE person_id = ?', person.id)
  if (!row) throw new AppError('session_expired', 'no session at the hub yet')
  return { personId: person.id, session: row.token }
}
