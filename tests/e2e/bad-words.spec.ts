import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test } from './support/fixtures.ts'
import { CITIZEN_KEY } from './support/hub-process.ts'
import { outboxEmpty, reportOf, syncState } from './support/office-steps.ts'
import { core } from './support/practice.ts'
import * as steps from './support/steps.ts'

const { words } = steps
const PHOTO = resolve(import.meta.dirname, '../../resources/practice/photos/got-tersumbat-1.jpg')
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0])

/** Nothing on the page is wider than its place: no sideways scrolling anywhere. */
const overflowing = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body, main, .report, .report-body, .inbox-row')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.className || element.tagName),
  )

test('files that are too large, no pictures or gone are refused by name; the good one is attached', async ({
  citizen,
  pcOf,
}) => {
  const subject = 'Drainase di Jalan Patimura penuh lumpur'
  const answer = 'Terima kasih. Lumpur di Jalan Patimura diangkut pada 24 November, lihat foto.'
  const number = await citizen.file({ service_code: 'drainase-banjir', description: `${subject}. Bau.` })
  const clerk = await pcOf('lampiran', steps.CLERK)
  await steps.openReport(clerk, subject)
  await steps.verifyByKeyboard(clerk)
  const folder = await mkdtemp(join(tmpdir(), 'meja-e2e-berkas-'))
  const big = join(folder, 'besar.jpg')
  const text = join(folder, 'catatan.png')
  await writeFile(big, Buffer.concat([JPEG, Buffer.alloc(11 * 1024 * 1024)]))
  await writeFile(text, 'ini bukan gambar')
  await clerk.app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
    },
    [big, text, join(folder, 'hilang.jpg'), PHOTO],
  )
  await clerk.page.keyboard.press('r')
  await clerk.page.getByRole('textbox', { name: words.reply.body }).fill(answer)
  await clerk.page.getByRole('button', { name: words.reply.attach }).click()
  const refused = clerk.page.getByRole('alert').filter({ hasText: '3 berkas tidak dilampirkan' })
  await expect(refused).toContainText(words.reply.refused.too_large.replace('{{name}}', 'besar.jpg'))
  await expect(refused).toContainText(words.reply.refused.unsupported_file.replace('{{name}}', 'catatan.png'))
  await expect(refused).toContainText(words.reply.refused.unreadable.replace('{{name}}', 'hilang.jpg'))
  const attached = clerk.page.getByRole('list', { name: words.reply.attachments }).first()
  await expect(attached.getByRole('listitem')).toHaveCount(1)
  await expect(attached).toContainText('got-tersumbat-1.jpg')
  await clerk.page.getByRole('button', { name: words.reply.refused.dismiss }).click()
  await expect(refused).toHaveCount(0)

  await steps.answer(clerk, answer)
  await steps.syncNow(clerk)
  await outboxEmpty(clerk)
  const supervisor = await pcOf('pemeriksa', steps.SUPERVISOR)
  await steps.goTo(supervisor, 'approval')
  const seen = supervisor.page.getByRole('img', { name: 'got-tersumbat-1.jpg' }).first()
  await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100)
  expect((await reportOf(supervisor, number)).replies[0]?.attachments).toHaveLength(1)
  await rm(folder, { recursive: true, force: true })
})

test('a citizen may write strange letters or far too much; the desk shows what there is and stays whole', async ({
  hub,
  citizen,
  pcOf,
}) => {
  const post = (body: string) =>
    fetch(`${hub.url}/open311/v2/requests.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
  const place = `api_key=${CITIZEN_KEY}&service_code=jembatan&lat=-4.5467&long=136.8877`
  // A megabyte is refused in the standard's own form, and nothing of it reaches the office.
  const huge = await post(`${place}&description=${'a'.repeat(1024 * 1024)}`)
  expect([400, 413]).toContain(huge.status)
  expect(await huge.json()).toMatchObject([{ code: huge.status, description: expect.stringMatching(/\S/) }])

  // Half a surrogate pair as some phones send it, control letters, turned text, and a word without a break.
  const odd = '%ED%A0%BD rusak%00%07 %E2%80%AEkilab%E2%80%AC'
  const subject = 'Jembatan gantung Nayaro'
  const accepted = await post(
    `${place}&description=${encodeURIComponent(subject)}.%20${odd}%20${'x'.repeat(3000)}`,
  )
  expect(accepted.status).toBeLessThan(300)
  const [{ service_request_id: number }] = (await accepted.json()) as [{ service_request_id: string }]
  const plain = await citizen.file({ service_code: 'jembatan', description: 'Laporan biasa sesudahnya.' })

  const clerk = await pcOf('aneh', steps.CLERK)
  await expect(clerk.page.getByRole('option')).toHaveCount(2)
  expect((await syncState(clerk)).hubReportCount).toBe(2)
  expect(await overflowing(clerk.page)).toEqual([])
  await clerk.page.getByRole('option', { name: subject }).click()
  await expect(clerk.page.getByRole('heading', { name: subject })).toBeVisible()
  await expect(clerk.page.getByText('x'.repeat(3000)).first()).toBeVisible()
  expect(await overflowing(clerk.page)).toEqual([])
  const { report } = await reportOf(clerk, number)
  // Only well-formed text survives the way through UTF-8 unchanged.
  expect(Buffer.from(report.body, 'utf8').toString('utf8')).toBe(report.body)
  expect(report.body).toContain('\uFFFD')
  expect(report.body).not.toContain('\u0000')

  // It is worked on like any other, up to the answer the citizen reads.
  await steps.verifyByKeyboard(clerk)
  await steps.answer(clerk, 'Terima kasih. Jembatan Nayaro diperiksa pada 27 November.')
  await steps.syncNow(clerk)
  await outboxEmpty(clerk)
  expect((await core(clerk.page, 'reports.find', { q: plain })).reportId).not.toBeNull()
})
