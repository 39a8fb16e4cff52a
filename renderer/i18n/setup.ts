import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en, id } from './catalogue.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof id
  }
}

/** Starts the catalogue synchronously; both languages are bundled, so nothing is ever fetched. */
export function startWords(language: 'id' | 'en' = 'id'): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'id',
    resources: { id, en },
    defaultNS: 'common',
    ns: Object.keys(id),
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = language
}

/** Changes the language of everything on screen. */
export function setLanguage(language: 'id' | 'en'): void {
  document.documentElement.lang = language
  if (i18next.language !== language) void i18next.changeLanguage(language)
}
