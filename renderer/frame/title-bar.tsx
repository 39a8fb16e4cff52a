import { useTranslation } from 'react-i18next'
import type { AppStatus, InboxView } from '@shared/ipc/views.ts'
import { useLocation } from '../navigation.ts'
import { PersonMenu } from './person-menu.tsx'
import { SearchBox } from './search-box.tsx'

/** 40 px: where one is, search, who one is. */
export function TitleBar({ status }: { status: AppStatus }) {
  const { t } = useTranslation('frame')
  const { place, params } = useLocation()
  const name = place === 'inbox' ? t(`place.${(params.view ?? 'all') as InboxView}`) : t(`place.${place}`)
  return (
    <header className="title-bar">
      <span className="title-place">{name}</span>
      <SearchBox />
      <div className="title-right">
        {status.person ? <PersonMenu status={status} person={status.person} /> : null}
      </div>
    </header>
  )
}
