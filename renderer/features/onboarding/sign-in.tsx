import { UsersRound } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppStatus } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { TextField } from '../../components/text-field.tsx'

type SignInPerson = AppStatus['people'][number]

/** Choose oneself, then the password. */
export function SignIn({ status }: { status: AppStatus }) {
  const { t } = useTranslation(['onboarding', 'common'])
  const [person, setPerson] = useState<SignInPerson | null>(null)
  const become = useCommand('session.switchPractice')
  // Practice people have no secrets, so being one of them asks for none.
  const choose = (one: SignInPerson) =>
    status.practice ? become.mutate({ personId: one.id }) : setPerson(one)
  if (status.people.length === 0)
    return (
      <EmptyState icon={UsersRound} title={t('noPeople')}>
        {t('noPeopleHint')}
      </EmptyState>
    )
  if (person) return <Password person={person} onBack={() => setPerson(null)} />
  return (
    <>
      <h1>{t('signInTitle')}</h1>
      <p className="secondary">
        {t('signInHint', { agency: status.agency?.name ?? '', device: status.deviceName ?? '' })}
      </p>
      <ul className="people">
        {status.people.map((one) => (
          <li key={one.id}>
            <button type="button" className="people-row" onClick={() => choose(one)}>
              <span className="people-name">{one.name}</span>
              <span className="secondary small">
                {one.roles.map((role) => t(`common:role.${role}`)).join(', ')} · {one.position}
              </span>
              {one.knownHere || status.practice ? null : (
                <span className="people-note">{t('unknownHere')}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <ErrorBanner error={become.error} />
    </>
  )
}

function Password({ person, onBack }: { person: SignInPerson; onBack: () => void }) {
  const { t } = useTranslation(['onboarding', 'errors', 'common'])
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const signIn = useCommand('session.signIn')
  const wrong = signIn.error?.code === 'wrong_password'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (password) signIn.mutate({ personId: person.id, password })
  }
  const error = tried && !password ? t('passwordRequired') : undefined
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <div>
        <h1>{person.name}</h1>
        <p className="secondary">
          {person.roles.map((role) => t(`common:role.${role}`)).join(', ')} ·{' '}
          {person.knownHere ? t('knownHere') : t('unknownHere')}
        </p>
      </div>
      <TextField
        autoFocus
        type="password"
        label={t('password', { name: person.name })}
        value={password}
        onChange={(next) => {
          setPassword(next)
          if (signIn.isError) signIn.reset()
        }}
        autoComplete="current-password"
        error={wrong ? `${t('errors:wrong_password.what')} ${t('errors:wrong_password.todo')}` : error}
      />
      {wrong ? null : <ErrorBanner error={signIn.error} />}
      <div className="row">
        <Button type="submit" variant="primary" busy={signIn.isPending}>
          {t('signIn')}
        </Button>
        <Button variant="quiet" onPress={onBack}>
          {t('otherPerson')}
        </Button>
      </div>
    </form>
  )
}
