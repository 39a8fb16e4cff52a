import { describe, expect, test } from 'vitest'
import { numberIn, parseDate, parseQuery } from '../../../electron/core/search/parse-query.ts'

const empty = { text: '', number: null, from: null, district: null, states: [], before: null, since: null }

describe('fields', () => {
  test.each([
    ['lampu mati', { text: 'lampu mati' }],
    ['lampu status:selesai ', { text: 'lampu ', states: ['resolved', 'closed'] }],
    ['distrik:"Mimika Baru" banjir', { district: 'Mimika Baru', text: 'banjir' }],
    ['dari:kogoya no:412', { from: 'kogoya', number: '412' }],
    ['Status:MASUK status:tunda', { states: ['received', 'awaiting_citizen'] }],
    ['sebelum:2026-11-05 sejak:1/11/2026', { before: '2026-11-05', since: '2026-11-01' }],
    ['sebelum:"5 Nov 2026"', { before: '2026-11-05' }],
  ])('%s', (query, parsed) => {
    const result = parseQuery(query)
    expect({ ...result, text: result.text.trim() === '' ? '' : result.text }).toEqual({ ...empty, ...parsed })
  })

  test.each(['status:apa', 'sebelum:besok', 'jam:12', 'http://contoh.id', 'no:'])(
    '%s stays text',
    (query) => {
      expect(parseQuery(query)).toEqual({ ...empty, text: query })
    },
  )
})

test.each([
  ['2026-11-05', '2026-11-05'],
  ['5/11/2026', '2026-11-05'],
  ['05-11-2026', '2026-11-05'],
  ['17 Agustus 2026', '2026-08-17'],
  ['1 May 2026', '2026-05-01'],
  ['31/2/2026', null],
  ['2026-13-01', null],
  ['kemarin', null],
])('date %s', (text, date) => expect(parseDate(text)).toBe(date))

test.each([
  ['PUPR-26-000412', { kind: 'report', number: 'PUPR-26-000412' }],
  ['#pupr-26-000412', { kind: 'report', number: 'PUPR-26-000412' }],
  ['pupr 26 412', { kind: 'report', number: 'PUPR-26-000412' }],
  ['600.1.9/128/PUPR/2026', { kind: 'letter', number: '600.1.9/128/PUPR/2026' }],
  ['Nomor: 600.1.9 / 128 / PUPR / 2026', { kind: 'letter', number: '600.1.9/128/PUPR/2026' }],
  ['128.a/PUPR/XI/2026', { kind: 'letter', number: '128.a/PUPR/XI/2026' }],
  ['jalan/gang/lorong', null],
  ['sp 2', null],
  ['lampu jalan 26', null],
  ['', null],
])('number in %s', (query, found) => expect(numberIn(query)).toEqual(found))
