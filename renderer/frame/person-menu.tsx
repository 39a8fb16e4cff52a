import { LogOut, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from 'react-aria-components'
import { ChevronDown } from 'lucide-react'
import type { Person } from '@shared/domain/person.ts'
import type { AppStatus } from '@shared/ipc/views.ts'
import { useCommand } from '../bridge/use-call.ts'
import { Menu } from '../components/menu.tsx'
import { useSay } from '../components/toast.tsx'
import { go } from '../navigation.ts'

/** Who one is; in practice, becoming someone else is one choice away. */
export function PersonMenu({ status, person }: { status: AppStatus; person: Person }) {
  const { t } = useTranslation(['frame', 'common'])
  const { say, sayError } = useSay()
  const become = useCommand('session.switchPractice')
  const signOut = useCommand('session.signOut')
  const roles = (list: readonly (typeof person.roles)[number][]) =>
    list.map((role) => t(`common:role.${role}`)).join(', ')
  const mainRole = t(`common:role.${person.roles[0]!}`)

  const act = (id: string) => {
    if (id === 'settings') return go('settings')
    if (id === 'sign-out') return signOut.mutate({}, { onError: sayError })
    if (id === person.id) return
    const name = status.people.find((other) => other.id === id)?.name ?? ''
    become.mutate({ personId: id }, { onSuccess: () => say(t('switched', { name })), onError: sayError })
  }
  const people = status.people.map((other) => ({
    id: other.id,
    label: other.name,
    detail: `${roles(other.roles)} · ${other.position}`,
    checked: other.id === person.id,
  }))
  return (
    <Menu
      label={t('roleIs', { role: mainRole })}
      onAction={act}
      groups={[
        ...(status.practice ? [{ id: 'people', title: t('switchTo'), items: people }] : []),
        {
          id: 'self',
          title: status.practice ? undefined : `${person.name} · ${roles(person.roles)}`,
          items: [
            { id: 'settings', label: t('place.settings'), icon: Settings },
            { id: 'sign-out', label: t('signOut'), icon: LogOut },
          ],
        },
      ]}
      trigger={
        <Button className="person-button">
          <span className="person-words">
            {status.practice ? t('playing', { role: mainRole }) : t('roleIs', { role: mainRole })}
          </span>
          <span className="person-who">{person.name}</span>
          <ChevronDown size="1em" aria-hidden />
        </Button>
      }
    />
  )
}
