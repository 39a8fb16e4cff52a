import { expect, test } from 'vitest'
import { blocking, findingContext, markFindings } from '../../../renderer/features/reply/findings.ts'
import type { Finding } from '../../../shared/ipc/views.ts'

const body =
  'Yth. Bapak Yulius,\nnomor Anda 081234567890 sudah kami catat untuk petugas lapangan di Distrik Mimika Baru.'
const at = (code: Finding['code'], text: string): Finding => ({
  code,
  text,
  start: body.indexOf(text),
  end: body.indexOf(text) + text.length,
})

test('a finding is shown inside its own line, cut at words', () => {
  const context = findingContext(body, at('phone', '081234567890'))
  expect(context).toMatchObject({ before: 'nomor Anda ', match: '081234567890', line: 2 })
  expect(context.after).toBe(' sudah kami catat untuk…')
})

test('offsets of an older text do not break the page', () => {
  expect(findingContext('pendek', { code: 'nik', start: 40, end: 56, text: '9171' }).match).toBe('')
})

test('the text is cut into marked and unmarked stretches that join to the text', () => {
  const parts = markFindings(body, [at('phone', '081234567890'), at('reporter_name', 'Yulius')])
  expect(parts.map((p) => p.text).join('')).toBe(body)
  expect(parts.filter((p) => p.finding).map((p) => p.text)).toEqual(['Yulius', '081234567890'])
})

test('overlapping findings do not repeat a character', () => {
  const parts = markFindings('0812345', [
    { code: 'phone', start: 0, end: 5, text: '' },
    { code: 'nik', start: 3, end: 7, text: '' },
  ])
  expect(parts.map((p) => p.text).join('')).toBe('0812345')
})

test('only an empty text stops the sending; the rest asks for a look', () => {
  expect(blocking([{ code: 'empty', start: 0, end: 0, text: '' }])).toBe(true)
  expect(blocking([at('phone', '081234567890')])).toBe(false)
})
