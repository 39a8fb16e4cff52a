import { useTranslation } from 'react-i18next'
import type { Preferences } from '@shared/ipc/views.ts'
import { useCommand } from '../../bridge/use-call.ts'
import { Banner } from '../../components/banner.tsx'
import { RadioGroup } from '../../components/radio-group.tsx'
import { Section } from './section.tsx'

const SIZES = ['100', '115', '130', '150'] as const
type Size = (typeof SIZES)[number]
const SIZE_OF: Readonly<Record<Size, Preferences['textSize']>> = {
  '100': 100,
  '115': 115,
  '130': 130,
  '150': 150,
}

/** Language, colours, text size and density; each applies as it is chosen. */
export function DisplaySettings({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation('settings')
  const save = useCommand('app.setPreferences')
  const set = (part: Partial<Preferences>) => save.mutate({ ...preferences, ...part })
  return (
    <Section title={t('display')} note={t('displayNote')}>
      {save.error ? <Banner live tone="error" title={t('saveFailed')} /> : null}
      <RadioGroup<Preferences['locale']>
        segmented
        label={t('language')}
        value={preferences.locale}
        onChange={(locale) => set({ locale })}
        options={[
          { id: 'id', label: t('languageName.id') },
          { id: 'en', label: t('languageName.en') },
        ]}
      />
      <RadioGroup<Preferences['theme']>
        segmented
        label={t('theme')}
        value={preferences.theme}
        onChange={(theme) => set({ theme })}
        options={(['system', 'light', 'dark'] as const).map((id) => ({ id, label: t(`themeName.${id}`) }))}
      />
      <RadioGroup<Size>
        segmented
        label={t('textSize')}
        value={`${preferences.textSize}`}
        onChange={(size) => set({ textSize: SIZE_OF[size] })}
        options={SIZES.map((id) => ({ id, label: `${id}%` }))}
      />
      <RadioGroup<Preferences['density']>
        segmented
        label={t('density')}
        value={preferences.density}
        onChange={(density) => set({ density })}
        options={(['comfortable', 'compact'] as const).map((id) => ({ id, label: t(`densityName.${id}`) }))}
      />
    </Section>
  )
}
