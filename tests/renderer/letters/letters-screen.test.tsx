// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import LettersScreen from '../../../renderer/features/letters/screen.tsx'
import { go, locationNow } from '../../../renderer/navigation.ts'
import { FakeBridge } from '../../fakes/fake-bridge/fake-bridge.ts'
import { fullOffice } from '../../fakes/fake-bridge/full-office.ts'
import { uuid } from '../../fakes/fake-bridge/office.ts'
import { NOW, renderOver } from '../support/render-app.tsx'

// The DOM of the tests has neither canvas nor worker; the drawing is looked at in a real browser.
vi.mock('../../../renderer/features/letters/pdf-document.ts', () => ({
  openPdf: () => Promise.resolve({ pages: [], close: () => undefined }),
}))

async function letters(params: Record<string, string>) {
  const bridge = new FakeBridge({ count: 12, now: NOW }, fullOffice)
  go('letters', params)
  const over = renderOver(<LettersScreen />, bridge)
  await screen.findByRole('navigation', { name: 'Surat' })
  const sent = (method: string) =>
    bridge.calls.filter((call) => call.method === method).map((call) => call.input)
  return { ...over, sent }
}

// Verifies LETT-02
test('a letter asked for from a report is made once and shown as a draft', async () => {
  const { sent } = await letters({ kind: 'reply', report: uuid(1004), reply: uuid(5004) })
  await screen.findByRole('article', { name: 'Surat jawaban' })
  expect(sent('letters.draft')).toHaveLength(1)
  expect(locationNow().params).toEqual({ letter: expect.any(String) as string })
  expect(screen.getByText(/bertanda KONSEP, tanpa nomor/)).toBeTruthy()
})

// Verifies LETT-01
test('a number is issued only after saying to whom the letter goes', async () => {
  const { user, sent } = await letters({ letter: uuid(7817) })
  await user.click(await screen.findByRole('button', { name: 'Terbitkan nomor' }))
  const dialog = await screen.findByRole('alertdialog')
  expect(within(dialog).getByText(/^Kepada .+, 2 halaman, kertas A4/)).toBeTruthy()
  expect(sent('letters.issue')).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Terbitkan nomor' }))
  expect(await screen.findByRole('article', { name: '600.1/019/DPUPR/XI/2026' })).toBeTruthy()
})

// Verifies LETT-01
test('a numbered letter is voided only with a reason', async () => {
  const { user, sent } = await letters({ letter: uuid(7814) })
  await user.click(await screen.findByRole('button', { name: 'Batalkan surat' }))
  const dialog = await screen.findByRole('alertdialog')
  await user.click(within(dialog).getByRole('button', { name: 'Batalkan surat' }))
  expect(sent('letters.void')).toEqual([])
  await user.type(within(dialog).getByRole('textbox', { name: /Alasan pembatalan/ }), 'Nama keliru')
  await user.click(within(dialog).getByRole('button', { name: 'Batalkan surat' }))
  await waitFor(() => expect(sent('letters.void')).toMatchObject([{ reason: 'Nama keliru' }]))
})

test('a letter that waits for a number says why and what happens next', async () => {
  await letters({ letter: uuid(7816) })
  expect(await screen.findByText('Surat ini menunggu nomor')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Coba ambil nomor' })).toBeTruthy()
})
