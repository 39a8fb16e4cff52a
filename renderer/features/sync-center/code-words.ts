import type { TFunction } from 'i18next'
import id from '../../i18n/id/sync-center.ts'

type Words = TFunction<readonly ['sync-center', 'common']>

/** The words of a code that comes from the hub or the log; unknown codes are named, never hidden. */
const worded = <T extends object>(table: T, code: string): code is Extract<keyof T, string> =>
  Object.hasOwn(table, code)

/** What an act is called. */
export function kindWords(t: Words, kind: string): string {
  const [noun = '', verb = ''] = kind.split('.')
  const group: object | undefined = worded(id.kind, noun) ? Object(id.kind[noun]) : undefined
  return group && worded(group, verb) ? t(`kind.${noun}.${verb}` as 'kind.reply.submit') : t('kind.other')
}

/** Why the hub refused, as a sentence. */
export const reasonWords = (t: Words, code: string): string =>
  worded(id.reason, code) ? t(`reason.${code}`) : `${t('reason.unknown')} ${t('reasonCode', { code })}`

/** How an exchange ended. */
export const resultWords = (t: Words, code: string): string =>
  worded(id.result, code) ? t(`result.${code}`) : `${t('result.other')} (${code})`

/** How it travelled. */
export const carrierWords = (t: Words, carrier: string): string =>
  worded(id.carrier, carrier) ? t(`carrier.${carrier}`) : carrier

/** What a field of a conflict is called. */
export const fieldWords = (t: Words, field: string): string =>
  worded(id.field, field) ? t(`field.${field}`) : field
