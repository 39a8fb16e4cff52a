import { findPrivate, maskPrivate, publicReport, redactReporter } from '@shared/domain/privacy.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const codes = (text: string, name: string | null = null) =>
  findPrivate(text, name).map((f) => [f.code, f.text])

describe('NIK', () => {
  test.each([
    ['NIK 9409012304850003 atas nama', '9409012304850003'],
    ['NIK:9409016304850003.', '9409016304850003'],
    ['9409 0123 0485 0003', '9409 0123 0485 0003'],
    ['94.09.01-230485-0003', '94.09.01-230485-0003'],
    ['(9409-0123-0485-0003)', '9409-0123-0485-0003'],
  ])('%s', (text, found) => expect(codes(text)).toEqual([['nik', found]]))

  test('a NIK and a telephone number after one another are two findings', () => {
    expect(codes('9409012304850003 081234567890')).toEqual([
      ['nik', '9409012304850003'],
      ['phone', '081234567890'],
    ])
  })

  test.each([
    ['an officer’s NIP', 'NIP 19760812 200212 1 003'],
    ['a NIP in one piece', 'NIP 197608122002121003'],
    ['17 digits', '94090123048500031'],
    ['no such month', '9409012313850003'],
    ['a letter number', '600.1.9/128/PUPR/2026'],
    ['a long letter number', '000.8.3.4/1284/DISKOMINFO/XI/2026'],
    ['a report number', 'PUPR-26-000412'],
    ['dates', '08-11-2026 09.30 sampai 12.11.2026 10.00'],
    ['money', 'Rp1.234.567.890,00 dan 5.000.000'],
    ['years and amounts', '2025 2026 1.500 m3, SP 2 jalur 5'],
    ['coordinates', '-4.546831, 136.883712'],
  ])('not %s', (_name, text) => expect(codes(text)).toEqual([]))
})

describe('telephone and e-mail', () => {
  test.each([
    ['hubungi 081234567890 ya', '081234567890'],
    ['0812-3456-7890', '0812-3456-7890'],
    ['0812 3456 789', '0812 3456 789'],
    ['0812.3456.7890.', '0812.3456.7890'],
    ['WA +62 812 3456 7890', '+62 812 3456 7890'],
    ['+6281234567890', '+6281234567890'],
    ['6281234567890', '6281234567890'],
    ['62 812 3456 7890', '62 812 3456 7890'],
    ['+62 901 321 234', '+62 901 321 234'],
  ])('%s', (text, found) => expect(codes(text)).toEqual([['phone', found]]))

  test('e-mail', () => {
    expect(codes('surel maria.k@contoh.co.id.')).toEqual([['email', 'maria.k@contoh.co.id']])
    expect(codes('@Dinas tanpa alamat, a@b')).toEqual([])
  })

  test('a page of letters without an e-mail is read in linear time', () => {
    const started = performance.now()
    findPrivate('a.'.repeat(10_000) + '0812 '.repeat(2000) + '{'.repeat(10_000), 'Maria')
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('the reporter’s name', () => {
  const name = 'Maria Indah Kogoya'
  test.each([
    ['Yth. Sdri. Maria Indah Kogoya,', [['reporter_name', 'Maria Indah Kogoya']]],
    ['laporan ibu KOGOYA di jalan', [['reporter_name', 'KOGOYA']]],
    ['Perumahan Timika Indah 2', []],
    ['Marianus dan Kogoyanus', []],
    ['Indah dan Maria', [['reporter_name', 'Maria']]],
    ['Kogoya. Maria', [['reporter_name', 'Kogoya. Maria']]],
  ])('%s', (text, found) => expect(codes(text, name)).toEqual(found))

  test('short parts and unknown names are not looked for', () => {
    expect(codes('Li di sini', 'Li')).toEqual([])
    expect(codes('Maria', null)).toEqual([])
  })

  test('apostrophes and dashes', () => {
    expect(codes('Bapak Ma’ruf', "Ma'ruf")).toEqual([['reporter_name', 'Ma’ruf']])
    expect(codes('Anna-Maria Wenda', 'Anna Maria Wenda')).toEqual([['reporter_name', 'Anna-Maria Wenda']])
  })
})

test('fields that were not filled in', () => {
  expect(codes('Yth. {nama}, pada [tanggal] di ____ oleh ...... [1]').map(([code]) => code)).toEqual(
    Array.from({ length: 4 }, () => 'placeholder'),
  )
  expect(codes(' \n ')).toEqual([['empty', '']])
})

describe('exits', () => {
  // Verifies PRIV-01
  const report = {
    number: 'PUPR-26-000412',
    serviceName: 'Jalan',
    subject: 'Jalan rusak',
    body: 'Saya Maria Kogoya, 081234567890, jalan berlubang',
    address: 'SP 2',
    district: 'Mimika Baru',
    lat: -4.5,
    lon: 136.8,
    requestedAt: 1,
    reporter: { name: 'Maria Kogoya', phone: '081234567890', email: null },
  }

  test('an anonymous reporter is nowhere in what leaves', () => {
    expect(redactReporter(report, { anonymous: true }).reporter).toBeNull()
    expect(redactReporter(report, { anonymous: false })).toBe(report)
    const shown = JSON.stringify(publicReport(report, { anonymous: true, confidential: false }))
    expect(shown).not.toMatch(/Maria|Kogoya|0812/)
    expect(shown).toContain('jalan berlubang')
  })

  test('a confidential report leaves no words and no place', () => {
    const shown = publicReport(report, { anonymous: false, confidential: true })
    expect(shown).toMatchObject({ subject: '', body: '', address: '', district: '', lat: null, lon: null })
  })

  test('masking leaves nothing that would be found again, whatever stands around it', () => {
    const secret = fc.constantFrom('9409012304850003', '0812-3456-7890', 'a@contoh.id', 'Kogoya')
    fc.assert(
      fc.property(fc.string(), secret, fc.string(), (before, hidden, after) => {
        const text = `${before} ${hidden} ${after}`
        for (const f of findPrivate(text, 'Kogoya')) expect(text.slice(f.start, f.end)).toBe(f.text)
        const left = findPrivate(maskPrivate(text, 'Kogoya'), 'Kogoya')
        expect(left.filter((f) => f.code !== 'placeholder' && f.code !== 'empty')).toEqual([])
      }),
    )
  })
})
