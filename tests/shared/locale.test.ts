import {
  dateTime,
  formatNumber,
  formatPercent,
  formatRupiah,
  longDate,
  longDateWithDay,
  officialDateTime,
  officialTime,
  shortDate,
} from '@shared/domain/locale.ts'
import { expect, test } from 'vitest'
import { calendar, wit } from './fixtures.ts'

const at = wit('2026-11-05', 9, 12)

test('dates and times are written as Indonesian offices write them', () => {
  expect(dateTime(at, calendar)).toBe('Kam, 5 Nov 2026 · 09.12 WIT')
  expect(longDate('2026-11-24')).toBe('24 November 2026')
  expect(longDateWithDay('2026-08-09')).toBe('Minggu, 9 Agustus 2026')
  expect(officialTime(at, calendar)).toBe('pukul 09.12 WIT')
  expect(officialDateTime(at, calendar)).toBe('Kamis, 5 November 2026 pukul 09.12 WIT')
  expect(shortDate('2026-05-01', 'id', false)).toBe('1 Mei')
  expect(dateTime(wit('2027-01-01', 0, 0), calendar)).toBe('Jum, 1 Jan 2027 · 00.00 WIT')
})

test('English has its own signs', () => {
  expect(dateTime(at, calendar, 'en')).toBe('Thu, 5 Nov 2026 · 09:12 WIT')
  expect(formatNumber(1234567.891, 'en', 2)).toBe('1,234,567.89')
})

test.each([
  [0, '0'],
  [999, '999'],
  [1234, '1.234'],
  [-1234567, '-1.234.567'],
  [-0.2, '0'],
])('%d is written %s', (value, written) => expect(formatNumber(value)).toBe(written))

test('percent and rupiah have no spaces', () => {
  expect(formatPercent(0.875)).toBe('87,5%')
  expect(formatPercent(1)).toBe('100%')
  expect(formatRupiah(1234567)).toBe('Rp1.234.567,00')
  expect(formatNumber(Number.NaN)).toBe('–')
})
