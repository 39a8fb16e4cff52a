import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { citizenOf } from './support/citizen.ts'
import { launchDesk, type DeskApp } from './support/desk-app.ts'
import { become, core, settled, show, startPractice, visit } from './support/practice.ts'
import * as steps from './support/steps.ts'

const { words } = steps
const folder = resolve(process.env['MEJA_DEMO_DIR'] ?? 'demo-output')
const SUBJECT = 'Jembatan kayu ke Gereja Imanuel lapuk'
const REPORT = `${SUBJECT}. Dua papan sudah patah, anak-anak lewat situ tiap pagi mau sekolah. Mohon cepat diperbaiki sebelum ada yang jatuh.`
const NOTE = 'Periksa hari ini, pasang papan peringatan, lalu ganti papan yang lapuk.'
const ANSWER = [
  'Terima kasih atas laporan Saudara.',
  '1. Papan peringatan dipasang pada hari laporan diterima.',
  '2. Dua belas papan lantai dan kedua pegangan jembatan diganti pada 23 November 2026.',
  'Bila masih ada bagian yang goyah, mohon sampaikan lewat laporan ini.',
].join('\n\n')

/** Takes picture `n` of the story. */
async function picture({ page }: DeskApp, n: number, name: string): Promise<void> {
  await settled(page)
  const file = `${String(n).padStart(2, '0')}-${name}.png`
  await page.screenshot({ path: join(folder, file), animations: 'disabled', caret: 'hide' })
  console.log(`  ${file}`)
}

async function open({ page }: DeskApp, number: string): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type(number)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: SUBJECT })).toBeVisible()
}

/** Keeps the PDF of the letter on the screen, as the archive has it. */
async function keepPdf({ page }: DeskApp, name: string): Promise<void> {
  await expect(page.locator('canvas').first()).toBeVisible()
  const letterId = new URLSearchParams(page.url().split('?')[1]).get('letter') ?? ''
  const { bytes } = await core(page, 'letters.pdf', { letterId })
  await writeFile(join(folder, name), bytes)
  console.log(`  ${name}`)
}

test('the main job, from a citizen’s report to the numbered letter', async () => {
  await mkdir(folder, { recursive: true })
  console.log(`pictures and papers go to ${folder}`)
  const desk = await launchDesk('demo')
  const { page } = desk
  await startPractice(desk)
  await show(page, { theme: 'light' })
  await become(page, 'clerk')
  await visit(page, 'inbox', { view: 'all' })
  await picture(desk, 1, 'sebelum-laporan-masuk')

  const { hubUrl } = await core(page, 'app.status', {})
  const citizen = citizenOf(hubUrl ?? '', 'latihan')
  const photo = await readFile(
    resolve(import.meta.dirname, '../../resources/practice/photos/jalan-becek-1.jpg'),
  )
  const number = await citizen.file(
    {
      service_code: 'jembatan',
      description: REPORT,
      first_name: 'Yosepina',
      last_name: 'Contoh',
      phone: '0812-0000-7733',
      'attribute[anonymous]': 'true',
      'attribute[district]': 'Mimika Timur',
    },
    photo,
  )
  await core(page, 'sync.now', {})
  await visit(page, 'inbox', { view: 'new', sort: 'newest' })
  await expect(page.getByRole('option', { name: SUBJECT })).toBeVisible()
  await picture(desk, 2, 'hub-meneruskan-ke-instansi')

  await open(desk, number)
  await picture(desk, 3, 'laporan-dengan-tenggat')

  await page.keyboard.press('v')
  await page.keyboard.press('p')
  await page.keyboard.press('3')
  await picture(desk, 4, 'verifikasi')
  await page.keyboard.press('Enter')
  await expect(page.getByText(words.report.done.verify).first()).toBeVisible()

  await steps.dispose(desk, NOTE)
  await page.getByRole('button', { name: words.disposition.print }).first().click()
  await expect(page.locator('canvas').first()).toBeVisible()
  await picture(desk, 5, 'lembar-disposisi')
  await keepPdf(desk, 'lembar-disposisi.pdf')

  await open(desk, number)
  await page.keyboard.press('r')
  await page.getByText(words.common.replyKind.final, { exact: true }).first().click()
  await page.getByRole('textbox', { name: words.reply.body }).fill(ANSWER)
  await expect(page.getByText(words.reply.save.saved.split(' {{')[0]!).first()).toBeVisible()
  await picture(desk, 6, 'menulis-jawaban')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: words.reply.confirm.send }).click()
  await expect(page.getByText(words.reply.submitted).first()).toBeVisible()
  const { replies } = await core(page, 'reports.get', { reportId: await idOf(desk, number) })
  expect(replies.at(-1)).toMatchObject({ state: 'submitted', body: ANSWER })
  expect(await citizen.updates(number)).toEqual([])

  await become(page, 'supervisor')
  await visit(page, 'approval', { reply: replies.at(-1)!.id })
  await expect(page.getByText(ANSWER.split('\n')[0]!).first()).toBeVisible()
  await picture(desk, 7, 'persetujuan-empat-mata')
  await page.keyboard.press('s')
  await page.getByRole('alertdialog').getByRole('button', { name: words.approval.confirm.yes }).click()
  await expect(page.getByText(words.approval.approved).first()).toBeVisible()
  await core(page, 'sync.now', {})
  await expect.poll(async () => (await citizen.updates(number)).length).toBe(1)
  await writeFile(
    join(folder, '08-dibaca-warga.json'),
    JSON.stringify(await citizen.updates(number), null, 2),
  )
  expect(await citizen.everything(number)).not.toContain('Yosepina')

  await become(page, 'clerk')
  await open(desk, number)
  await expect(page.getByText(words.common.replyState.published).first()).toBeVisible()
  await picture(desk, 8, 'jawaban-terbit')

  await page.getByRole('button', { name: words.report.makeLetter }).click()
  await expect(page.locator('canvas').first()).toBeVisible()
  await page.getByRole('button', { name: words.letters.issue }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: words.letters.issueYes }).click()
  const heading = page.getByRole('article').getByRole('heading', { level: 1 })
  await expect(heading).toHaveText(/\d{4}$/)
  const letter = (await heading.textContent()) ?? ''
  await expect(page.locator(`canvas[aria-label*="${letter}"]`).first()).toBeVisible()
  await picture(desk, 9, 'surat-bernomor')
  await keepPdf(desk, 'surat-jawaban.pdf')

  await become(page, 'agenda_clerk')
  await core(page, 'sync.now', {})
  await steps.goTo(desk, 'register')
  await expect(page.getByText(letter).first()).toBeVisible()
  await picture(desk, 10, 'buku-agenda')
  await desk.close()
  expect(desk.complaints).toEqual([])
})

async function idOf({ page }: DeskApp, number: string): Promise<string> {
  const { reportId } = await core(page, 'reports.find', { q: number })
  if (!reportId) throw new Error(`${number} is not on this PC`)
  return reportId
}
