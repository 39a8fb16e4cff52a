import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect } from '@playwright/test'
import type { DeskApp } from './support/desk-app.ts'
import { test } from './support/fixtures.ts'
import { inkOf, type ReadPdf } from './support/pdf.ts'
import { savePdfBy } from './support/save-pdf.ts'
import * as steps from './support/steps.ts'

const { words } = steps
const savePdf = (desk: DeskApp) => savePdfBy(desk, words.letters.saveAs, words.letters.saved)
const SUBJECT = 'Jalan masuk Timika Indah 2 berlubang'
const NOTE = 'Cek lokasi dan jadwalkan penambalan minggu ini.'
const ANSWER = [
  'Terima kasih atas laporan Saudara.',
  '1. Lubang di jalan masuk Timika Indah 2 ditambal pada 20 November 2026.',
  '2. Saluran di tepi jalan dibersihkan supaya air tidak tergenang lagi.',
].join('\n\n')
const SEALED = ['Samaria', 'Contohwati', '0812-0000-4411', '081200004411']

function expectSize(pdf: ReadPdf, width: number, height: number): void {
  for (const size of pdf.sizes) {
    expect(Math.abs(size.width - width)).toBeLessThan(0.6)
    expect(Math.abs(size.height - height)).toBeLessThan(0.6)
  }
}

// Verifies APPR-01, APPR-02, PRIV-01, LETT-01, LETT-02, LETT-03
test('a report travels from a citizen to a published answer and a numbered letter over two PCs', async ({
  hub,
  citizen,
  launch,
}) => {
  test.setTimeout(240_000)
  const photo = await readFile(
    resolve(import.meta.dirname, '../../resources/practice/photos/jalan-becek-1.jpg'),
  )

  // 1, 2: the citizen files it, the hub routes it.
  const number = await citizen.file(
    {
      service_code: 'jalan-rusak',
      description: `${SUBJECT}. Kalau hujan tergenang, motor sudah dua kali jatuh.`,
      first_name: 'Samaria',
      last_name: 'Contohwati',
      phone: '0812-0000-4411',
      'attribute[anonymous]': 'true',
      'attribute[district]': 'Mimika Baru',
    },
    photo,
  )
  expect(number).toMatch(/^PUPR-/)

  // 3–6: the clerk's PC mirrors it; triage by keyboard; disposition and its sheet; the answer.
  const clerk = await launch('petugas')
  await steps.enrol(clerk, hub)
  await steps.signIn(clerk, steps.CLERK)
  await steps.openReport(clerk, SUBJECT)
  const picture = clerk.page.locator('img[src^="lampiran:"]').first()
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(100)
  await steps.verifyByKeyboard(clerk)
  await steps.dispose(clerk, NOTE)
  await clerk.page.getByRole('button', { name: words.disposition.print }).first().click()
  await expect(clerk.page.locator('canvas').first()).toBeVisible()
  const sheet = await savePdf(clerk)
  expect(sheet.pdf.text).toContain('LEMBAR DISPOSISI')
  expect(sheet.pdf.text).toContain(NOTE)
  expect(sheet.pdf.text).toContain(number)
  expect(sheet.pdf.text).not.toContain('KONSEP')
  for (const sealed of SEALED) expect(sheet.pdf.text).not.toContain(sealed)
  expectSize(sheet.pdf, 210, 297)
  for (const ink of await inkOf(sheet.file)) expect(ink).toBeGreaterThan(0.01)
  await steps.openReport(clerk, SUBJECT)
  await steps.answer(clerk, ANSWER)
  await steps.syncNow(clerk)

  // 7, 8: another person approves exactly that; only then does the public see it.
  const supervisor = await launch('atasan')
  await steps.enrol(supervisor, hub)
  await steps.signIn(supervisor, steps.SUPERVISOR)
  expect(await citizen.updates(number)).toEqual([])
  await steps.approve(supervisor, ANSWER.split('\n')[0]!)
  await expect
    .poll(async () =>
      (await citizen.updates(number)).map((update) => update.description.replaceAll('\r\n', '\n')),
    )
    .toEqual([ANSWER])
  const seen = await citizen.everything(number)
  expect(seen).toContain('fixed')
  for (const sealed of SEALED) expect(seen).not.toContain(sealed)

  // 9: the letter quotes the approved answer, has no number before, one afterwards, and proves itself.
  await steps.syncNow(clerk)
  await steps.openReport(clerk, SUBJECT)
  await clerk.page.getByRole('button', { name: words.report.makeLetter }).click()
  await expect(clerk.page.locator('canvas').first()).toBeVisible()
  const draft = await savePdf(clerk)
  expect(draft.pdf.text).toContain('KONSEP')
  expect(draft.pdf.text).toContain('ditambal pada 20 November 2026')
  expectSize(draft.pdf, 210, 297)
  await clerk.page.getByRole('button', { name: words.letters.paperName.A4 }).click()
  await clerk.page.getByRole('option', { name: words.letters.paperName.F4 }).click()
  await expect(async () => expectSize((await savePdf(clerk)).pdf, 215, 330)).toPass()
  await clerk.page.getByRole('button', { name: words.letters.issue }).click()
  await clerk.page.locator('[role=alertdialog]').getByRole('button', { name: words.letters.issueYes }).click()
  const heading = clerk.page.getByRole('article').getByRole('heading', { level: 1 })
  await expect(heading).toHaveText(/\/1\/|\/001\//)
  const letterNumber = (await heading.textContent()) ?? ''
  const letter = await savePdf(clerk)
  expect(letter.pdf.text).toContain(letterNumber)
  expect(letter.pdf.text).not.toContain('KONSEP')
  expect(letter.pdf.text).toContain('Saluran di tepi jalan dibersihkan')
  for (const sealed of SEALED) expect(letter.pdf.text).not.toContain(sealed)
  expectSize(letter.pdf, 215, 330)
  for (const ink of await inkOf(letter.file)) expect(ink).toBeGreaterThan(0.01)
  const again = await savePdf(clerk)
  expect(await readFile(again.file)).toEqual(await readFile(letter.file))

  // 10: the register knows it on both PCs, and the public page proves it without personal data.
  await steps.syncNow(clerk)
  const token = /verify\/\s*([A-Za-z0-9_-]{22})/.exec(letter.pdf.text.replaceAll(' ', ''))?.[1]
  await expect.poll(async () => (await fetch(`${hub.url}/v1/verify/${token}`)).text()).toContain(letterNumber)
  await steps.goTo(clerk, 'register')
  await expect(clerk.page.getByText(letterNumber).first()).toBeVisible()
  await steps.syncNow(supervisor)
  await steps.goTo(supervisor, 'register')
  await expect(supervisor.page.getByText(letterNumber).first()).toBeVisible()
})
