import { useTranslation } from 'react-i18next'
import type { ReplyStateName } from '@shared/domain/reply.ts'
import type { ReportStateName } from '@shared/domain/report.ts'
import { Chip } from './chip.tsx'

const REPORT_TONE: Partial<Record<ReportStateName, 'accent' | 'amber' | 'green'>> = {
  received: 'accent',
  reopened: 'amber',
  referral_proposed: 'amber',
  archive_proposed: 'amber',
  awaiting_citizen: 'amber',
  resolved: 'green',
}
const REPLY_TONE: Partial<Record<ReplyStateName, 'accent' | 'amber' | 'red' | 'green'>> = {
  submitted: 'accent',
  returned: 'amber',
  approved: 'green',
  published: 'green',
  voided: 'red',
}

/** A report's state in words; `plain` without the chip, for dense rows. */
export function StateLabel({ state, plain }: { state: ReportStateName; plain?: boolean }) {
  const { t } = useTranslation('common')
  const words = t(`state.${state}`)
  return plain ? <span>{words}</span> : <Chip tone={REPORT_TONE[state]}>{words}</Chip>
}

/** A reply's state in words. */
export function ReplyStateLabel({ state, plain }: { state: ReplyStateName; plain?: boolean }) {
  const { t } = useTranslation('common')
  const words = t(`replyState.${state}`)
  return plain ? <span>{words}</span> : <Chip tone={REPLY_TONE[state]}>{words}</Chip>
}
