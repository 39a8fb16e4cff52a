import {
  Ban,
  CircleCheck,
  Clock3,
  GitCompareArrows,
  Hourglass,
  LogIn,
  Trash2,
  UploadCloud,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '@shared/ipc/views.ts'

const ICONS = {
  held: Hourglass,
  queued: Clock3,
  sending: UploadCloud,
  applied: CircleCheck,
  rejected: Ban,
  conflict: GitCompareArrows,
  signed_out: LogIn,
  discarded: Trash2,
} as const

/** How far an act has come: a sign, the word, and what the word means. */
export function ItemState({ state, name }: { state: OutboxItem['state']; name: string }) {
  const { t } = useTranslation('sync-center')
  const Icon = ICONS[state]
  return (
    <>
      <span className={`ledger-sign ledger-sign-${state}`}>
        <Icon size="1.15em" strokeWidth={1.75} aria-hidden />
        {t(`state.${state}`)}
      </span>
      {state === 'applied' ? null : <span className="ledger-quiet">{t(`stateHint.${state}`, { name })}</span>}
    </>
  )
}
