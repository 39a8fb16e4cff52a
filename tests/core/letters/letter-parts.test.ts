import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerBlocks, withoutFrame } from '../../../electron/core/letters/answer-blocks.ts'
import { html, Html } from '../../../electron/core/letters/html.ts'
import { fontFile, LETTER_FONTS } from '../../../electron/core/letters/letter-assets.ts'
import { numberFor, paperFor, profileOn } from '../../../electron/core/letters/profile.ts'
import { qrSvg } from '../../../electron/core/letters/qr.ts'
import { signerLines, spacedNip } from '../../../electron/core/letters/signature.ts'
import { verifyToken, verifyUrl } from '../../../electron/core/letters/verify-token.ts'
import { profile } from './fixtures.ts'

describe('profiles', () => {
  const later = { ...profile, id: 'baru', validFrom: '2026-07-01' }

  test.each([
    ['2026-01-01', 'pupr-2026'],
    ['2026-06-30', 'pupr-2026'],
    ['2026-07-01', 'baru'],
    ['2027-01-01', 'baru'],
  ])('on %s: %s', (date, id) => expect(profileOn([later, profile], date)?.id).toBe(id))

  test('before the first there is none; of two from one day the later in the list counts', () => {
    expect(profileOn([profile], '2025-12-31')).toBeNull()
    expect(profileOn([profile, { ...profile, id: 'ralat' }], '2026-01-01')?.id).toBe('ralat')
  })

  test('paper by kind unless chosen', () => {
    const mixed = { paper: 'A4', dispositionPaper: 'F4' } as const
    expect([
      paperFor(mixed, 'reply'),
      paperFor(mixed, 'disposition_blank'),
      paperFor(mixed, 'reply', 'F4_210'),
    ]).toEqual(['A4', 'F4', 'F4_210'])
  })

  test('numbers by the pattern of the register', () => {
    const letter = { serviceCode: 'air-bersih', n: 7, suffix: 'a', date: '2026-02-01' }
    expect(numberFor(profile, letter)).toBe('600.1.16/7.a/PUPR/2026')
  })
})

describe('signers', () => {
  const person = {
    name: 'Yohana Wakum',
    titleBefore: 'dr.',
    titleAfter: 'M.Kes.',
    rank: 'Pembina',
    grade: 'IV/a',
    nip: '197608122002122003',
  }

  test.each([
    ['Kepala Dinas', ['dr. Yohana Wakum, M.Kes.', 'Pembina, IV/a', 'NIP 19760812 200212 2 003']],
    ['Sekretaris Daerah', ['dr. Yohana Wakum, M.Kes.', 'Pembina, IV/a', 'NIP 19760812 200212 2 003']],
    ['Bupati Mimika', ['Yohana Wakum']],
    ['Wakil Bupati Mimika', ['Yohana Wakum']],
    ['Pj. Bupati Mimika', ['Yohana Wakum']],
    ['Plh. Sekretaris Daerah', ['Yohana Wakum']],
  ])('%s', (position, lines) => expect(signerLines({ ...person, position })).toEqual(lines))

  test('without NIP and rank only the name', () => {
    expect(signerLines({ ...person, position: 'Petugas', nip: null, rank: '', grade: '' })).toEqual([
      'dr. Yohana Wakum, M.Kes.',
    ])
    expect(spacedNip('123')).toBe('123')
  })
})

describe('answers', () => {
  test('paragraphs, breaks and lists are kept', () => {
    expect(answerBlocks('Satu\r\ndua\n\nTiga\n1. a\n   lanjut\n\n2) b\na. c\n\nAkhir')).toEqual([
      { kind: 'paragraph', text: 'Satu\ndua' },
      { kind: 'paragraph', text: 'Tiga' },
      {
        kind: 'list',
        items: [
          { marker: '1.', text: 'a\nlanjut', level: 0 },
          { marker: '2)', text: 'b', level: 0 },
          { marker: 'a.', text: 'c', level: 1 },
        ],
      },
      { kind: 'paragraph', text: 'Akhir' },
    ])
  })

  test.each([
    ['Yth. Bapak/Ibu Maria Kogoya,\n\nIsi.\n\nHormat kami,\nDinas PUPR', ['Isi.']],
    ['Yth. Sdri. Maria\nDengan hormat,\n\nIsi.', ['Yth. Sdri. Maria\nDengan hormat,', 'Isi.']],
    ['Dengan hormat,\n\nIsi.\n\nTerima kasih.', ['Isi.']],
    [
      'Terima kasih atas laporan Saudara.\n\nHormat kami tetap kami jaga.',
      ['Terima kasih atas laporan Saudara.', 'Hormat kami tetap kami jaga.'],
    ],
    ['Terima kasih.', ['Terima kasih.']],
    ['Isi. Yth. semua,', ['Isi. Yth. semua,']],
  ])('only a greeting and a farewell of their own paragraph are left to the letter: %j', (body, kept) => {
    expect(
      withoutFrame(answerBlocks(body)).map((block) => (block.kind === 'paragraph' ? block.text : '')),
    ).toEqual(kept)
  })

  test('a date or an amount at the start of a line is no list', () => {
    expect(answerBlocks('12 November 2026')).toEqual([{ kind: 'paragraph', text: '12 November 2026' }])
    expect(answerBlocks('-5 derajat')).toEqual([{ kind: 'paragraph', text: '-5 derajat' }])
  })
})

test('templates escape everything but markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { text: made } = html`<p title="${text}">${text}</p>`
      expect(made.slice(10, -4)).not.toMatch(/[<'](?!\/p)/)
      expect(made.match(/"/g)).toHaveLength(2)
    }),
  )
  expect(html`${[null, undefined, false, 0, new Html('<b>')]}`.text).toBe('0<b>')
  expect(html`${'a\u202Eb\u0000c\nd'}`.text).toBe('abc\nd')
})

test('verification tokens are 22 URL-safe characters and carry all their bits', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const token = verifyToken(bytes)
      expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/)
      expect([...Buffer.from(token, 'base64url')]).toEqual([...bytes])
    }),
  )
  expect(() => verifyToken(new Uint8Array(8))).toThrow(RangeError)
  expect(verifyUrl('https://lapor.example/', 'x')).toBe('https://lapor.example/v1/verify/x')
})

test('the QR code is 21 mm without its quiet zone of four modules', () => {
  const { text } = qrSvg('https://lapor.mimika.example/v1/verify/Q1w2E3r4T5y6U7i8O9p0AA')
  const side = Number(/viewBox="0 0 (\d+)/.exec(text)![1])
  const mm = Number(/width="([\d.]+)mm"/.exec(text)![1])
  expect((mm * (side - 8)) / side).toBeCloseTo(21, 1)
  expect(text).toContain('M4 4h7v1H4z')
})

test('every font that documents name is shipped, with its licence', () => {
  const shipped = readdirSync(new URL('../../../resources/fonts/', import.meta.url))
  for (const font of LETTER_FONTS) expect(shipped).toContain(fontFile(font))
  expect(shipped).toContain('arimo-LICENSE.txt')
})
