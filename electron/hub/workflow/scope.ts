import type { Person } from '@shared/domain/person.ts'
import { fullName } from '@shared/domain/person.ts'
import type { ReceiptReason } from '@shared/sync/exchange.ts'
import type { MutationKind, MutationOf } from '@shared/sync/mutations.ts'
import type { Device } from '../auth/devices.ts'
import type { Work } from '../context.ts'
import { lockReport, type Held } from '../store/reports.ts'

/** Who does something, on which PC, in which transaction. */
export interface Scope {
  work: Work
  device: Pick<Device, 'id' | 'agencyId'>
  person: Person
}

/** Applies one mutation; answers the new version of the row it changed, throws Refused. */
export type Handler<K extends MutationKind> = (scope: Scope, mutation: MutationOf<K>) => Promise<number>
/** A family of handlers. */
export type Handlers<K extends MutationKind> = { [P in K]: Handler<P> }

/** Why a mutation has no effect; becomes its receipt. */
export class Refused extends Error {
  constructor(
    readonly outcome: 'rejected' | 'conflict',
    readonly reason: ReceiptReason,
    readonly fields: Record<string, unknown> | null = null,
  ) {
    super(reason)
  }
}

/** Shorthand for a refusal that no other version of the row would cure. */
export const reject = (reason: ReceiptReason): Refused => new Refused('rejected', reason)

/** The acting officer as a timeline line names them. */
export const actorOf = (scope: Scope) => ({ id: scope.person.id, name: fullName(scope.person) })

/** Locks the mutation's report if it belongs to the device's agency. Throws Refused `unknown_report` or `reassigned`. */
export async function holdReport(scope: Scope, reportId: string | null): Promise<Held> {
  const held = reportId ? await lockReport(scope.work, reportId) : undefined
  if (held?.report.body.agencyId === scope.device.agencyId) return held
  const was = await scope.work.q(
    `select 1 from agency_item where agency_id = $1 and kind = 'report' and entity_id = $2`,
    [scope.device.agencyId, reportId?.toLowerCase() ?? ''],
  )
  throw reject(was.length > 0 ? 'reassigned' : 'unknown_report')
}

/** As `holdReport`, but the regency's operator reaches every agency's report: unhappy citizens come to the operator. */
export async function holdForOperator(scope: Scope, reportId: string | null): Promise<Held> {
  const held =
    scope.person.roles.includes('operator') && reportId ? await lockReport(scope.work, reportId) : undefined
  return held ?? holdReport(scope, reportId)
}
