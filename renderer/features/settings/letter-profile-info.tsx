import { useTranslation } from 'react-i18next'
import { fullName } from '@shared/domain/person.ts'
import type { LetterProfile } from '@shared/domain/letter.ts'
import { codeOf } from '../../bridge/call.ts'
import { useCall } from '../../bridge/use-call.ts'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useFormat } from '../../components/format.ts'
import { usePeople } from '../../components/person-name.tsx'
import { Facts, Section } from './section.tsx'

/** The office's letter profile as the hub has it; read only. */
export function LetterProfileInfo() {
  const { t } = useTranslation('settings')
  const profile = useCall('letters.profile', {})
  return (
    <Section title={t('profile')} note={t('profileNote')}>
      {profile.error && codeOf(profile.error) === 'no_profile' ? (
        <p>{t('profileNone')}</p>
      ) : (
        <ErrorBanner error={profile.error} />
      )}
      {profile.data ? <ProfileFacts profile={profile.data} /> : null}
    </Section>
  )
}

function ProfileFacts({ profile }: { profile: LetterProfile }) {
  const { t } = useTranslation(['settings', 'letters'])
  const format = useFormat()
  const signer = usePeople().byId(profile.signerId)
  return (
    <Facts
      facts={[
        [t('profileName'), `${profile.name}. ${t('profileFrom', { date: format.date(profile.validFrom) })}`],
        [
          t('kop'),
          <div key="kop">
            {profile.kop.map((line, index) => (
              <p key={index} className={line.bold ? 'settings-bold' : undefined}>
                {line.text}
              </p>
            ))}
          </div>,
        ],
        [t('paper'), t(`letters:paperName.${profile.paper}`)],
        [t('dispositionPaper'), t(`letters:paperName.${profile.dispositionPaper}`)],
        [t('margins'), t('marginsValue', profile.margins)],
        [t('font'), t('fontValue', { size: profile.fontSizePt })],
        [t('place'), profile.place],
        [t('numberPattern'), profile.register.pattern],
        [t('signer'), `${profile.signerTitle.join(' ')} ${signer ? fullName(signer) : ''}`],
        [t('copies'), profile.copies.length ? profile.copies.join('; ') : t('none')],
      ]}
    />
  )
}
