import type { ReportDetail } from '@shared/ipc/views.ts'
import type { DeskAction } from './actions.ts'
import { ArchiveForm } from './forms/archive-form.tsx'
import { AskForm } from './forms/ask-form.tsx'
import { AssignForm } from './forms/assign-form.tsx'
import { FlagsForm } from './forms/flags-form.tsx'
import { GroupForm } from './forms/group-form.tsx'
import { PriorityForm } from './forms/priority-form.tsx'
import { ReferralForm } from './forms/referral-form.tsx'
import { ScheduleForm } from './forms/schedule-form.tsx'
import { PlainForm, TextForm } from './forms/text-form.tsx'
import { VerifyForm } from './forms/verify-form.tsx'
import { useTriage } from './use-triage.ts'

/** Acts asked in place on the report page. */
export type InPlaceAction = Exclude<DeskAction, 'dispose' | 'submit_reply'>

interface ActFormProps {
  action: InPlaceAction
  detail: ReportDetail
  onClose: () => void
}

/** The questions of one act. */
export function ActForm({ action, detail, onClose }: ActFormProps) {
  const { act, error, busy } = useTriage(detail.report.id, onClose)
  const props = { detail, act, error, busy, onCancel: onClose }
  switch (action) {
    case 'verify':
    case 'classify':
      return <VerifyForm {...props} action={action} />
    case 'prioritise':
      return <PriorityForm {...props} />
    case 'ask_citizen':
      return <AskForm {...props} />
    case 'propose_referral':
    case 'route':
      return <ReferralForm {...props} action={action} />
    case 'propose_archive':
      return <ArchiveForm {...props} />
    case 'schedule':
      return <ScheduleForm {...props} />
    case 'group':
      return <GroupForm {...props} />
    case 'assign':
      return <AssignForm {...props} />
    case 'set_flags':
    case 'clear_flags':
      return <FlagsForm {...props} action={action} />
    case 'approve_proposal':
    case 'ungroup':
      return <PlainForm {...props} action={action} />
    case 'note':
    case 'resume':
    case 'reject_proposal':
    case 'reopen':
      return <TextForm {...props} action={action} />
  }
}
