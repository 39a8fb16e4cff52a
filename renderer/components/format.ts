import { useTranslation } from 'react-i18next'
import { dateAt } from '@shared/domain/days.ts'
import {
  clockTime,
  dateTime,
  formatNumber,
  shortDateWithDay,
  type Language,
  type Zone,
} from '@shared/domain/locale.ts'
import { useCall } from '../bridge/use-call.ts'

const WIT: Zone = { utcOffsetMinutes: 540, zoneLabel: 'WIT' }

/** The present language of the interface. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'id'
}

/** The office's zone, from the core; WIT until it answers. */
export function useZone(): Zone {
  const { data } = useCall('app.status', {})
  return data ? { utcOffsetMinutes: data.utcOffsetMinutes, zoneLabel: data.zoneLabel } : WIT
}

/** Dates, times and numbers in the person's language and the office's zone. */
export function useFormat() {
  const language = useLanguage()
  const zone = useZone()
  return {
    language,
    zone,
    /** `Kam, 5 Nov 2026 · 09.12 WIT` */
    dateTime: (ms: number) => dateTime(ms, zone, language),
    /** `Kam, 5 Nov 2026` of an instant. */
    dayOf: (ms: number) => shortDateWithDay(dateAt(ms, zone.utcOffsetMinutes), language),
    /** `Kam, 5 Nov 2026` of a calendar date. */
    date: (iso: string) => shortDateWithDay(iso, language),
    /** `09.12 WIT` */
    time: (ms: number) => `${clockTime(ms, zone, language)} ${zone.zoneLabel}`,
    number: (value: number) => formatNumber(value, language),
    /** Whether an instant falls on the office's present day. */
    isToday: (ms: number) => dateAt(ms, zone.utcOffsetMinutes) === dateAt(Date.now(), zone.utcOffsetMinutes),
    /** The office's date today, `YYYY-MM-DD`. */
    today: () => dateAt(Date.now(), zone.utcOffsetMinutes),
  }
}
