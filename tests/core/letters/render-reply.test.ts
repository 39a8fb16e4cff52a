import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderReply, replySubject } from '../../../electron/core/letters/render-reply.ts'
import { ANSWER, profile, reply } from './fixtures.ts'

/** The words of a document, as a reader sees them. */
const wordsIn = (html: string) =>
  html
    .replace(/<(style|title)>[\s\S]*?<\/\1>/g, '')
    .replace(/<br>/g, '\n')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()

describe('an issued letter', () => {
  const html = renderReply(reply())
  const words = squeezed(wordsIn(html))

  test('carries its parts in the order of an official letter', () => {
    const order = [
      'PEMERINTAH KABUPATEN MIMIKA',
      'Nomor : 600.1.9/128/PUPR/2026',
      'Sifat : Biasa',
      'Lampiran : 2 (dua) berkas',
      'Hal : Jawaban atas Laporan:',
      'Timika, 24 November 2026',
      'Yth. Sdr./Sdri. Maria Kogoya',
      'pada tanggal 5 November 2026 dengan nomor PUPR-26-000412',
      'Terima kasih atas laporan Saudara.',
      'Demikian disampaikan.',
      'KABUPATEN MIMIKA,',
      'Yohanis Rante Tondok, S.T., M.T.',
      'Pembina Utama Muda, IV/c',
      'NIP 19710514 199903 1 901',
      'Tembusan:',
    ]
    const places = order.map((part) => words.indexOf(part))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  // Verifies LETT-02
  test('quotes the approved answer word for word', () => {
    for (const line of ANSWER.split('\n').filter(Boolean))
      expect(words).toContain(squeezed(line.replace(/^(\d\.|[a-z]\.)/, '$1 ')))
    expect(words).not.toContain('KONSEP')
    expect(html).toMatch(/verify.<wbr ?.?>Q1w2E3r4T5y6U7i8O9p0AA/)
    expect(html).toMatch(/<svg class="qr"/)
  })

  test('is a closed document: no script, nothing from outside', () => {
    expect(html).toContain(`content="default-src &#39;none&#39;; style-src`)
    expect(html).not.toMatch(/<script|javascript:|\son\w+=/i)
    expect(html.match(/(?:src|href)="([^"]*)"/g)).toEqual(['src="cetak://aset/emblems/lambang-contoh.svg"'])
    expect(html.match(/url\("[^"]*"\)/g)!.every((url) => url.startsWith('url("cetak://aset/fonts/'))).toBe(
      true,
    )
  })
})

describe('a draft', () => {
  // Verifies LETT-02
  test('has a blank number, the KONSEP mark and no QR', () => {
    const html = renderReply(reply({ issued: null }))
    expect(html).toContain('600.1.9/      /PUPR/2026')
    expect(html).toContain('>KONSEP</div>')
    expect(html).not.toContain('<svg class="qr"')
  })

  test('takes the classification of its service', () => {
    const base = reply()
    const html = renderReply(reply({ issued: null, report: { ...base.report, serviceCode: 'air-bersih' } }))
    expect(html).toContain('600.1.16/      /PUPR/2026')
  })
})

describe('paper and forms', () => {
  test.each([
    ['A4', '210mm 297mm'],
    ['F4', '215mm 330mm'],
    ['F4_210', '210mm 330mm'],
  ] as const)('%s', (paper, size) =>
    expect(renderReply(reply({ paper }))).toContain(`@page{size:${size};margin:20mm 20mm 25mm 30mm}`),
  )

  test('the classic form puts the addressee under the date', () => {
    const words = squeezed(wordsIn(renderReply(reply({ profile: { ...profile, addresseePlace: 'right' } }))))
    expect(words).toContain('Timika, 24 November 2026 Kepada Yth. Sdr./Sdri. Maria Kogoya di – Tempat')
  })

  test('without emblem, copies or attachments nothing empty is printed', () => {
    const bare = { ...profile, emblem: null, copies: [], closing: '' }
    const html = renderReply(reply({ profile: bare, attachmentCount: 0 }))
    expect(html).not.toContain('<img')
    expect(squeezed(wordsIn(html))).toMatch(/Lampiran : - Hal/)
    expect(html).not.toContain('Tembusan')
  })

  test('an emblem name that is a path is ignored', () => {
    expect(renderReply(reply({ profile: { ...profile, emblem: '../fonts/x' } }))).not.toContain('<img')
  })
})

// Verifies PRIV-01
describe('privacy', () => {
  test('an anonymous reporter is nowhere in the document', () => {
    const html = renderReply(reply({ state: { anonymous: true, confidential: false } }))
    expect(html).not.toMatch(/Maria|Kogoya|0812/)
    expect(html).toContain('Yth. Pelapor (identitas dirahasiakan)')
  })

  test('{nama} in the opening is filled by a name only where it may be', () => {
    const named = { ...profile, opening: 'Kepada {nama}: {entah}' }
    expect(renderReply(reply({ profile: named }))).toContain('Kepada Maria Kogoya: {entah}')
    const hidden = renderReply(reply({ profile: named, state: { anonymous: true, confidential: false } }))
    expect(hidden).toContain('Kepada Pelapor: ')
  })

  test('a confidential report is answered by a letter marked Rahasia', () => {
    const html = renderReply(reply({ state: { anonymous: false, confidential: true } }))
    expect(squeezed(wordsIn(html))).toContain('Sifat : Rahasia')
  })
})

describe('whatever people write', () => {
  test('no text becomes markup', () => {
    const nasty = '</style></p><script>alert(1)</script><img src=x onerror=alert(1)>'
    const base = reply()
    const html = renderReply(
      reply({
        body: nasty,
        subject: nasty,
        report: { ...base.report, subject: nasty, reporter: { name: nasty, phone: null, email: null } },
        signer: { ...base.signer, name: nasty },
        profile: {
          ...profile,
          kop: [{ text: nasty, size: 12, bold: true }],
          copies: [nasty],
          signerTitle: [nasty],
        },
      }),
    )
    expect(html).not.toMatch(/<script|<img src=x/)
    expect(html.match(/<\/style>/g)).toHaveLength(1)
  })

  test('every word of any answer is printed, in order', () => {
    const line = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', '<', '&', '"', ' ', '.', '1', '-', ')'), maxLength: 30 }),
      fc.constantFrom('1. satu', 'a) dua', '- tiga', '   lanjut', ''),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (rows) => {
        const body = rows.join('\n')
        const printed = wordsIn(renderReply(reply({ body }))).replace(/\s+/g, '')
        expect(printed).toContain(body.replace(/\s+/g, ''))
      }),
    )
  })
})

test('the usual subject names the report', () => {
  expect(replySubject({ subject: 'Jalan rusak' })).toBe('Jawaban atas Laporan: Jalan rusak')
})
