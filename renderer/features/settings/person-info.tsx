import { useTranslation } from 'react-i18next'
import { fullName } from '@shared/domain/person.ts'
import type { AppStatus } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { useSay } from '../../components/toast.tsx'
import { Facts, Section } from './section.tsx'

/** Who is signed in and what their roles allow; in practice, the way to become someone else. */
export function PersonInfo({ status }: { status: AppStatus }) {
  const { t } = useTranslation(['settings', 'common'])
  const toast = useSay()
  const become = useCommand('session.switchPractice')
  const { person } = status
  if (!person) return null
  return (
    <Section title={t('person')} note={t('rolesNote')}>
      <Facts
        facts={[
          [t('name'), fullName(person)],
          [t('position'), person.position],
          [
            t('roles'),
            <ul key="roles" className="stack-small">
              {person.roles.map((role) => (
                <li key={role}>
                  {t(`common:role.${role}`)}
                  <span className="settings-detail">{t(`roleMay.${role}`)}</span>
                </li>
              ))}
            </ul>,
          ],
        ]}
      />
      {status.practice ? (
        <div className="stack-small">
          <h3>{t('switchPerson')}</h3>
          <p className="small secondary">{t('switchNote')}</p>
          <ul className="settings-people">
            {status.people
              .filter((other) => other.id !== person.id)
              .map((other) => (
                <li key={other.id}>
                  <Button
                    busy={become.isPending && become.variables?.personId === other.id}
                    onPress={() => become.mutate({ personId: other.id }, { onError: toast.sayError })}
                  >
                    {other.name}
                  </Button>
                  <span className="small secondary">
                    {other.roles.map((role) => t(`common:role.${role}`)).join(', ')}
                  </span>
                </li>
              ))}
          </ul>
        </div>
      ) : null}
    </Section>
  )
}
