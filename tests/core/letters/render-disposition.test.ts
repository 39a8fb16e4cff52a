import { describe, expect, test } from 'vitest'
import { renderDisposition } from '../../../electron/core/letters/render-disposition.ts'
import { disposition, profile } from './fixtures.ts'

/** Labels of the boxes in order of print, ticked ones marked. */
const boxes = (html: string) =>
  [...html.matchAll(/aria-label="(dipilih|kosong)"[\s\S]*?<\/svg>\s*(?:<span[^>]*>)?([^<]*)/g)].map(
    (match) => `${match[1] === 'dipilih' ? 'x' : '-'} ${match[2]!.trim()}`,
  )
const ticked = (html: string) => boxes(html).filter((label) => label.startsWith('x'))

describe('the filled sheet', () => {
  const html = renderDisposition(disposition())

  test('ticks what was chosen and prints the rest of the lists', () => {
    expect(ticked(html)).toEqual([
      'x Segera',
      'x Kepala Bidang Bina Marga',
      'x Pengawas Lapangan Jalan',
      'x Tindak lanjuti',
      'x Siapkan jawaban',
      'x Adakan pengecekan lapangan',
    ])
    // Three for Sifat, each list with a line to write on.
    expect(boxes(html)).toHaveLength(3 + profile.recipients.length + 1 + profile.instructions.length + 1)
  })

  test('says when, by whom and until when', () => {
    for (const text of [
      '12 November 2026',
      'Jumat, 6 November 2026 pukul 10.05 WIT',
      'Yohanis Rante Tondok, S.T., M.T.',
    ])
      expect(html).toContain(text)
  })

  test('what the office’s lists do not know is added, never dropped', () => {
    const base = disposition().disposition!
    const more = renderDisposition(
      disposition({
        disposition: { ...base, recipients: ['sekretaris ', 'Novita'], instructions: ['Wakili saya'] },
      }),
    )
    expect(ticked(more)).toEqual(['x Segera', 'x Sekretaris', 'x Novita', 'x Wakili saya'])
  })
})

describe('the blank sheet', () => {
  test('ticks nothing and leaves room to write', () => {
    const html = renderDisposition(disposition({ disposition: null }))
    expect(ticked(html)).toEqual([])
    expect(html).toContain('class="baris"')
    expect(html).toContain('PUPR-26-000412')
    expect(html).not.toContain('Batas waktu')
  })

  test('secrecy is known even before the leader writes', () => {
    const state = { anonymous: false, confidential: true }
    expect(ticked(renderDisposition(disposition({ disposition: null, state })))).toEqual(['x Rahasia'])
  })
})

// Verifies PRIV-01
describe('privacy', () => {
  test('a confidential report prints RAHASIA and neither subject, place nor words', () => {
    const html = renderDisposition(disposition({ state: { anonymous: false, confidential: true } }))
    expect(html).toContain('RAHASIA')
    expect(html).not.toMatch(/berlubang|Timika Indah|Mimika Baru/)
  })

  test('an anonymous reporter has no name, and contacts in the words are masked', () => {
    const base = disposition()
    const report = { ...base.report, body: 'Hubungi saya 081234567890, jalan berlubang' }
    const html = renderDisposition(disposition({ report, state: { anonymous: true, confidential: false } }))
    expect(html).not.toMatch(/Maria|Kogoya|0812/)
    expect(html).toContain('identitas dirahasiakan')
    expect(html).toContain('jalan berlubang')
  })
})

test('the citizen’s text can be left out', () => {
  expect(renderDisposition(disposition({ withText: false }))).not.toContain('Anak sekolah jatuh')
})

test.each([
  ['A4', '210mm 297mm'],
  ['F4', '215mm 330mm'],
  ['F4_210', '210mm 330mm'],
] as const)('%s', (paper, size) =>
  expect(renderDisposition(disposition({ paper }))).toContain(`@page{size:${size};`),
)
