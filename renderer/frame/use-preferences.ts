import { useEffect } from 'react'
import type { Preferences } from '@shared/ipc/views.ts'
import { useCall } from '../bridge/use-call.ts'
import { setLanguage } from '../i18n/setup.ts'

/** Applies a person's preferences to the document: language, theme, text size, density. */
export function applyPreferences({ locale, theme, textSize, density }: Preferences): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  root.dataset.textSize = String(textSize)
  root.dataset.density = density
  setLanguage(locale)
}

/** Keeps the document in step with the stored preferences. */
export function usePreferences(): void {
  const { data } = useCall('app.preferences', {})
  useEffect(() => {
    if (data) applyPreferences(data)
  }, [data])
}
