import type { Reporter } from '@shared/domain/report.ts'
import { saveReport, type Held } from '../store/reports.ts'
import { voidReplies } from '../store/replies.ts'
import { changeState } from './change-state.ts'
import { holdReport, reject, type Handlers, type Scope } from './scope.ts'

/** Anonymity and confidentiality. Setting is everyone's, clearing a supervisor's (the table says so). */
export const flags: Handlers<'report.set_flags' | 'report.clear_flags'> = {
  'report.set_flags': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    return changeFlags(scope, held, { action: 'set_flags', base: m.baseVersion, flags: m.payload })
  },
  'report.clear_flags': async (scope, m) => {
    const held = await holdReport(scope, m.reportId)
    const { reason, ...cleared } = m.payload
    return changeFlags(scope, held, { action: 'clear_flags', base: m.baseVersion, flags: cleared, reason })
  },
}

interface FlagChange {
  action: 'set_flags' | 'clear_flags'
  base: number
  flags: { anonymous?: boolean; confidential?: boolean }
  reason?: string
}

async function changeFlags(
  scope: Scope,
  held: Held,
  { action, base, flags: given, reason }: FlagChange,
): Promise<number> {
  const set = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as FlagChange['flags']
  if (Object.keys(set).length === 0) throw reject('bad_mutation')
  const before = held.state.body
  const version = await changeState(scope, held, { action, base, set, reason, entry: { data: { ...set } } })
  const { anonymous, confidential } = held.state.body
  if (anonymous === before.anonymous && confidential === before.confidential) return version
  if (anonymous !== before.anonymous) {
    held.report.body.reporter = anonymous ? null : await openContact(scope, held.report.body.id)
    await saveReport(scope.work, held)
  }
  await voidReplies(scope.work, held, 'flags_changed')
  return version
}

/** The identity as the citizen gave it, from the sealed table. */
async function openContact(scope: Scope, reportId: string): Promise<Reporter | null> {
  const [contact] = await scope.work.q<Reporter>(
    'select name, phone, email from contacts where report_id = $1',
    [reportId],
  )
  return contact ?? null
}
