import { dateAt, dayOfDate, weekdayOf } from './days.ts'

/** Languages of the interface. */
export type Language = 'id' | 'en'

/** What a time needs to know of its office; `OfficeCalendar` has both. */
export interface Zone {
  utcOffsetMinutes: number
  zoneLabel: string
}

// Own tables: the Indonesian data of Intl differs between the runtimes this runs on, and official spelling is stricter.
const MONTHS: Record<Language, readonly string[]> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}
const SHORT_MONTHS: Record<Language, readonly string[]> = {
  id: 'Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des'.split(' '),
  en: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
}
const WEEKDAYS: Record<Language, readonly string[]> = {
  id: 'Senin Selasa Rabu Kamis Jumat Sabtu Minggu'.split(' '),
  en: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
}

const part = (date: string, from: number, to: number) => Number(date.slice(from, to))
const weekday = (date: string, language: Language) => WEEKDAYS[language][weekdayOf(dayOfDate(date)) - 1]!
const monthIndex = (date: string) => part(date, 5, 7) - 1

/** `24 November 2026` */
export const longDate = (date: string, language: Language = 'id'): string =>
  `${part(date, 8, 10)} ${MONTHS[language][monthIndex(date)]} ${date.slice(0, 4)}`

/** `Selasa, 24 November 2026` */
export const longDateWithDay = (date: string, language: Language = 'id'): string =>
  `${weekday(date, language)}, ${longDate(date, language)}`

/** `24 Nov 2026`; without the year `24 Nov`. */
export const shortDate = (date: string, language: Language = 'id', withYear = true): string =>
  `${part(date, 8, 10)} ${SHORT_MONTHS[language][monthIndex(date)]}${withYear ? ` ${date.slice(0, 4)}` : ''}`

/** `Sel, 24 Nov 2026` */
export const shortDateWithDay = (date: string, language: Language = 'id'): string =>
  `${weekday(date, language).slice(0, 3)}, ${shortDate(date, language)}`

/** `09.12` (Indonesian) or `09:12` at the instant `ms` in the office's zone. */
export function clockTime(ms: number, zone: Zone, language: Language = 'id'): string {
  const minutes = Math.floor(ms / 60_000) + zone.utcOffsetMinutes
  const ofDay = ((minutes % 1440) + 1440) % 1440
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(ofDay / 60))}${language === 'id' ? '.' : ':'}${two(ofDay % 60)}`
}

/** `Kam, 5 Nov 2026 · 09.12 WIT` */
export const dateTime = (ms: number, zone: Zone, language: Language = 'id'): string =>
  `${shortDateWithDay(dateAt(ms, zone.utcOffsetMinutes), language)} · ${clockTime(ms, zone, language)} ${zone.zoneLabel}`

/** `pukul 09.30 WIT`, the official form; English `at 09:30 WIT`. */
export const officialTime = (ms: number, zone: Zone, language: Language = 'id'): string =>
  `${language === 'id' ? 'pukul' : 'at'} ${clockTime(ms, zone, language)} ${zone.zoneLabel}`

/** `Kamis, 5 November 2026 pukul 09.30 WIT` */
export const officialDateTime = (ms: number, zone: Zone, language: Language = 'id'): string =>
  `${longDateWithDay(dateAt(ms, zone.utcOffsetMinutes), language)} ${officialTime(ms, zone, language)}`

/** `1.234` or `1.234,5` (English `1,234.5`) with `decimals` digits after the comma. */
export function formatNumber(value: number, language: Language = 'id', decimals = 0): string {
  if (!Number.isFinite(value)) return '–'
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === 'id' ? '.' : ',')
  const digits = fraction ? `${grouped}${language === 'id' ? ',' : '.'}${fraction}` : grouped
  return value < 0 && /[1-9]/.test(digits) ? `-${digits}` : digits
}

/** `87,5%`: no space, one decimal that disappears when it is zero. */
export const formatPercent = (ratio: number, language: Language = 'id'): string =>
  `${formatNumber(ratio * 100, language, 1).replace(/[.,]0$/, '')}%`

/** `Rp1.234.567,00`: the official spelling has no space. */
export const formatRupiah = (value: number): string =>
  `${value < 0 ? '-' : ''}Rp${formatNumber(Math.abs(value), 'id', 2)}`
