import { useTranslation } from 'react-i18next'
import { fullName } from '@shared/domain/person.ts'
import { useCall } from '../bridge/use-call.ts'

/** Names of officers by id, from the mirror. */
export function usePeople() {
  const { data = [] } = useCall('people.list', {})
  return { people: data, byId: (id: string | null) => data.find((person) => person.id === id) ?? null }
}

/** An officer's full name with degrees; `fallback` while unknown here. */
export function PersonName({ id, fallback }: { id: string | null; fallback?: string }) {
  const { t } = useTranslation('common')
  const person = usePeople().byId(id)
  return (
    <span className="person-name" title={person?.position}>
      {person ? fullName(person) : (fallback ?? t('unknownPerson'))}
    </span>
  )
}
