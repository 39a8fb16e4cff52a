import approvalEn from './en/approval.ts'
import commonEn from './en/common.ts'
import dispositionEn from './en/disposition.ts'
import errorsEn from './en/errors.ts'
import frameEn from './en/frame.ts'
import inboxEn from './en/inbox.ts'
import lettersEn from './en/letters.ts'
import onboardingEn from './en/onboarding.ts'
import registerEn from './en/register.ts'
import replyEn from './en/reply.ts'
import reportEn from './en/report.ts'
import settingsEn from './en/settings.ts'
import syncCenterEn from './en/sync-center.ts'
import approval from './id/approval.ts'
import common from './id/common.ts'
import disposition from './id/disposition.ts'
import errors from './id/errors.ts'
import frame from './id/frame.ts'
import inbox from './id/inbox.ts'
import letters from './id/letters.ts'
import onboarding from './id/onboarding.ts'
import register from './id/register.ts'
import reply from './id/reply.ts'
import report from './id/report.ts'
import settings from './id/settings.ts'
import syncCenter from './id/sync-center.ts'
import type { Words } from './words.ts'

/** Indonesian is the source: every key of every namespace. */
export const id = {
  approval,
  common,
  disposition,
  errors,
  frame,
  inbox,
  letters,
  onboarding,
  register,
  reply,
  report,
  settings,
  'sync-center': syncCenter,
} as const

/** English has every key; a missing one does not compile. */
export const en: Words<typeof id> = {
  approval: approvalEn,
  common: commonEn,
  disposition: dispositionEn,
  errors: errorsEn,
  frame: frameEn,
  inbox: inboxEn,
  letters: lettersEn,
  onboarding: onboardingEn,
  register: registerEn,
  reply: replyEn,
  report: reportEn,
  settings: settingsEn,
  'sync-center': syncCenterEn,
}
