import { useTranslation } from 'react-i18next'
import { Facts, Section } from './section.tsx'

/** Version and licences. */
export function About({ version }: { version: string }) {
  const { t } = useTranslation('settings')
  return (
    <Section title={t('about')}>
      <Facts
        facts={[
          [t('version'), version],
          [
            t('licence'),
            <>
              {t('licenceName')}. {t('licenceText')} {t('licenceFonts')}
            </>,
          ],
        ]}
      />
    </Section>
  )
}
