import { Ellipsis } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportDetail } from '@shared/ipc/views.ts'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { useHotkeys } from '../../components/hotkeys.ts'
import { Menu } from '../../components/menu.tsx'
import { ACTIONS, arrangeActions, type DeskAction } from './actions.ts'

interface ActionBarProps {
  detail: ReportDetail
  active: DeskAction | null
  onStart: (action: DeskAction) => void
}

/** The most likely acts as buttons, every other one in a menu with its key, or with why it is not offered. */
export function ActionBar({ detail, active, onStart }: ActionBarProps) {
  const { t } = useTranslation('report')
  const menu = useRef<HTMLButtonElement>(null)
  const { first, rest } = arrangeActions(detail)
  const offered = [...first, ...rest].filter((offer) => offer.refusal === null)
  useHotkeys({
    ...Object.fromEntries(
      offered.flatMap(({ action }) => {
        const { key } = ACTIONS[action]
        return key ? [[key.toLowerCase(), () => onStart(action)]] : []
      }),
    ),
    m: () => menu.current?.click(),
  })
  const items = rest.map(({ action, refusal }) => ({
    id: action,
    label: t(`action.${action}`),
    icon: ACTIONS[action].icon,
    kbd: refusal ? undefined : ACTIONS[action].key,
    refusal: refusal ? t(`refusal.${refusal}`) : undefined,
  }))
  return (
    <div className="action-bar" role="toolbar" aria-label={t('actions')}>
      {first.map(({ action, refusal }, index) => (
        <Button
          key={action}
          variant={index === 0 && !refusal ? 'primary' : 'secondary'}
          icon={ACTIONS[action].icon}
          kbd={refusal ? undefined : ACTIONS[action].key}
          refusal={refusal ? t(`refusal.${refusal}`) : undefined}
          aria-expanded={active === action}
          onPress={() => onStart(action)}
        >
          {t(`action.${action}`)}
        </Button>
      ))}
      <Menu
        label={t('allActions')}
        groups={[
          { id: 'offered', items: items.filter((item) => !item.refusal) },
          { id: 'refused', items: items.filter((item) => item.refusal) },
        ].filter((group) => group.items.length > 0)}
        onAction={(id) => onStart(id as DeskAction)}
        trigger={<IconButton ref={menu} icon={Ellipsis} label={t('allActions')} kbd="M" />}
      />
    </div>
  )
}
