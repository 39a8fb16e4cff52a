import {
  CalendarClock,
  FileArchive,
  Combine,
  CornerUpRight,
  Flag,
  MessageCircleQuestion,
  NotebookPen,
  PencilLine,
  Play,
  RotateCcw,
  Send,
  ShieldCheck,
  ShieldX,
  Split,
  Tag,
  ThumbsDown,
  ThumbsUp,
  UserRound,
  BadgeCheck,
  EyeOff,
  type LucideIcon,
} from 'lucide-react'
import type { ReportStateName } from '@shared/domain/report.ts'
import type { ReportAction } from '@shared/domain/workflow.ts'
import type { ReportDetail } from '@shared/ipc/views.ts'

/** Actions a person can start on the report page. */
export type DeskAction = Exclude<
  ReportAction,
  'publish_acknowledgement' | 'publish_final' | 'citizen_message' | 'close'
>

/** Key and picture of each action. Keys that repeat belong to actions that are never offered together. */
export const ACTIONS: Readonly<Record<DeskAction, { key?: string; icon: LucideIcon }>> = {
  verify: { key: 'V', icon: BadgeCheck },
  submit_reply: { key: 'R', icon: PencilLine },
  dispose: { key: 'D', icon: Send },
  approve_proposal: { key: 'Y', icon: ThumbsUp },
  reject_proposal: { key: 'U', icon: ThumbsDown },
  resume: { key: 'L', icon: Play },
  ask_citizen: { key: 'T', icon: MessageCircleQuestion },
  assign: { key: 'A', icon: UserRound },
  note: { key: 'N', icon: NotebookPen },
  prioritise: { key: 'P', icon: Flag },
  classify: { key: 'C', icon: Tag },
  propose_referral: { key: 'W', icon: CornerUpRight },
  propose_archive: { key: 'E', icon: FileArchive },
  schedule: { key: 'S', icon: CalendarClock },
  group: { key: 'G', icon: Combine },
  ungroup: { key: 'G', icon: Split },
  set_flags: { key: 'F', icon: EyeOff },
  clear_flags: { icon: ShieldX },
  route: { icon: ShieldCheck },
  reopen: { key: 'B', icon: RotateCcw },
}
const ORDER = Object.keys(ACTIONS) as DeskAction[]
const isDeskAction = (name: string): name is DeskAction => Object.hasOwn(ACTIONS, name)

const FIRST: Partial<Record<ReportStateName, readonly DeskAction[]>> = {
  received: ['verify', 'ask_citizen', 'propose_referral'],
  reopened: ['verify', 'submit_reply', 'dispose'],
  verified: ['dispose', 'submit_reply', 'assign'],
  disposed: ['submit_reply', 'dispose', 'assign'],
  acknowledged: ['submit_reply', 'dispose', 'schedule'],
  scheduled: ['resume', 'submit_reply', 'note'],
  awaiting_citizen: ['resume', 'note', 'assign'],
  referral_proposed: ['approve_proposal', 'reject_proposal', 'note'],
  archive_proposed: ['approve_proposal', 'reject_proposal', 'note'],
  duplicate: ['ungroup', 'note'],
}

export interface Offer {
  action: DeskAction
  refusal: 'wrong_state' | 'wrong_role' | null
}

/** Most likely actions first (at most three, only offered ones, or the likely ones with their refusal), then the rest. */
export function arrangeActions(detail: Pick<ReportDetail, 'actions' | 'state'>): {
  first: Offer[]
  rest: Offer[]
} {
  const offers = detail.actions.flatMap(({ action, refusal }) =>
    isDeskAction(action) ? [{ action, refusal }] : [],
  )
  const offerOf = (action: DeskAction) => offers.find((offer) => offer.action === action)
  const likely = FIRST[detail.state.state] ?? ['note', 'reopen']
  const first = likely.flatMap((action) => offerOf(action) ?? [])
  const rest = ORDER.flatMap((action) => offerOf(action) ?? []).filter((offer) => !first.includes(offer))
  return { first, rest: rest.toSorted((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null)) }
}
