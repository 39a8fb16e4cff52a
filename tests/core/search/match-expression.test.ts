import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexText } from '../../../electron/core/search/index-text.ts'
import { matchExpression } from '../../../electron/core/search/match-expression.ts'

const reports = [
  'Jalan masuk Perumahan Timika Indah 2 berlubang, hujan sedikit tergenang, belum pernah aspal',
  'Lampu jalan Cenderawasih dari depan Polres sampai lampu merah Diana banyak mati, gelap sekali',
  'Sampah di TPS depan pasar sudah 5 hari tra diangkut, bau sampai rumah',
  'Air bersih di SP2 jalur 5 tidak jalan dua hari, biasanya pagi jam 6',
  'Kali di belakang gang Singaraja dangkal, hujan air naik sampai lutut, banjir',
  'Sa urus KTP su tiga minggu, dong bilang blanko kosong terus',
  'Puskesmas tutup jam 11, mama-mama antri anak demam malaria tra dilayani',
  'Listrik padam tiap malam di Kwamki Narama, alat rumah rusak',
  'Papan jembatan kayu kampung sudah lapuk, anak sekolah takut lewat',
  'Traffic light pertigaan Diana mati sudah seminggu, macet',
  'Mohon perekaman KK di SP-2, rumah saya di jalur 2 kilo 5',
  'Kerusakan atap sekolah, tolong diperbaiki. Ditumpuk kayu di halaman Café Naïve',
  'Rumah di SP 12 kebanjiran, genangan setinggi mata kaki',
]

let db: Database.Database
beforeAll(() => {
  db = new Database(':memory:')
  db.exec(
    "CREATE VIRTUAL TABLE t USING fts5(raw, stems, content='', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
  )
  const insert = db.prepare('INSERT INTO t(rowid, raw, stems) VALUES (?, ?, ?)')
  for (const [i, body] of reports.entries()) {
    const columns = indexText({ number: '', subject: '', body, address: '', district: '', serviceName: '' })
    insert.run(i + 1, columns.raw, columns.stems)
  }
})
afterAll(() => db.close())

function search(query: string): number[] {
  const expression = matchExpression(query)
  if (expression === null) return []
  return db.prepare('SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid').pluck().all(expression) as number[]
}

describe('what a clerk types finds what a citizen wrote', () => {
  test.each([
    ['kerusakan ', [8, 12]],
    ['rusak ', [8, 12]],
    ['dirusak ', [8, 12]],
    ['banjir ', [1, 5, 13]],
    ['tergenang ', [1, 5, 13]],
    ['genangan sp 12', [13]],
    ['penumpukan ', [12]],
    ['lampu merah', [2, 10]],
    ['traffic light', [2, 10]],
    ['PJU ', [2]],
    ['penerangan jalan ', [2]],
    ['pelayanan puskesmas', [7]],
    ['tidak diangkut', [3]],
    ['tidak dilayani', [7]],
    ['saya ktp', [6]],
    ['antrean ', [7]],
    ['perbaikan sekolah', [12]],
    ['sungai ', [5]],
    ['cafe naive', [12]],
    ['air bersih', [4]],
  ])('%s', (query, found) => expect(search(query)).toEqual(found))

  test.each(['SP 2', 'SP-2', 'SP2', 'sp2', 'sp 02', 'SP II'])('%s is one place', (query) => {
    expect(search(`${query} `)).toEqual([4, 11])
  })

  test('KK stays as it is typed', () => {
    expect(matchExpression('KK ')).toBe('("kk")')
    expect(search('kartu keluarga ')).toEqual([])
  })

  test('the last word may be unfinished, a finished one not', () => {
    expect(search('cender')).toEqual([2])
    expect(search('cender ')).toEqual([])
    expect(search('malar demam')).toEqual([])
  })

  test('quotes ask for these words in this order', () => {
    expect(search('"lampu merah"')).toEqual([2])
    expect(search('"merah lampu"')).toEqual([])
    expect(search('"lampu merah')).toEqual([2, 10])
  })

  test('all words must be there', () => expect(search('diana gelap')).toEqual([2]))
})

describe('whatever is typed', () => {
  test.each([
    '',
    '   ',
    '"',
    '""',
    '***',
    '-',
    'AND',
    'OR OR',
    'NOT (',
    'NEAR(a b)',
    'body:',
    "'; DROP",
    '^a',
    '{',
    '\u0000',
    '😀',
  ])('%j is no syntax error', (query) => expect(() => search(query)).not.toThrow())

  test('no string is a syntax error', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom(...Array.from('"*()-:^{}+ abANDORNEAR_.,;\'\\\u0301é2')),
        maxLength: 40,
      }),
      fc
        .array(fc.constantFrom('lampu', 'merah', 'SP', '2', '"', 'AND', 'banjir', '*'), { maxLength: 20 })
        .map((w) => w.join(' ')),
    )
    fc.assert(
      fc.property(typed, (query) => void search(query)),
      { numRuns: 2000 },
    )
  })

  test('every word of a report finds that report', () => {
    for (const [i, body] of reports.entries())
      for (const word of body.match(/[\p{L}\p{N}]{2,}/gu) ?? []) expect(search(`${word} `)).toContain(i + 1)
  })

  test('a very long query stays small', () => {
    expect(matchExpression('kata lain '.repeat(5000))!.length).toBeLessThan(600)
  })
})
