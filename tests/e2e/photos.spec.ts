import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './support/desk-app.ts'
import { test, type Pc } from './support/fixtures.ts'
import { reportOf, syncState } from './support/office-steps.ts'
import { core, show, visit } from './support/practice.ts'
import * as steps from './support/steps.ts'

const { words } = steps
const SUBJECT = 'Jalan berlubang di depan pasar Kwamki'

/** A practice scene as a telephone would send it: large, and with a sensor's noise. */
async function largePhoto(): Promise<Buffer> {
  const file = resolve(import.meta.dirname, '../../resources/practice/photos/jalan-becek-1.jpg')
  const [width, height] = [2400, 1800]
  const png = await new Transformer(await readFile(file)).resize({ width, height, fit: 1 }).png()
  const rgb = await new Transformer(png).rawPixels()
  const pixels = Buffer.alloc(width * height * 4, 255)
  let state = 1
  for (let i = 0; i < width * height; i++) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    const noise = ((state >> 8) % 41) - 20
    for (let c = 0; c < 3; c++) pixels[i * 4 + c] = Math.max(0, Math.min(255, rgb[i * 3 + c]! + noise))
  }
  return Transformer.fromRgbaPixels(pixels, width, height).jpeg(88)
}

const stateOf = async (desk: Pick<Pc, 'page'>, number: string) => {
  const { report } = await reportOf(desk as Pc, number)
  const hashes = report.attachments.map(({ sha256 }) => sha256)
  return (await core(desk.page, 'attachments.states', { reportId: report.id, hashes }))[0]!
}

/** Width of the first picture as the browser decoded it; 0 when it shows none. */
const seen = (page: Page, where: string) =>
  page
    .locator(`${where} img`)
    .first()
    .evaluate((img) => (img as HTMLImageElement).naturalWidth)

const picture = async (page: Page, name: string) => {
  const folder = process.env['MEJA_PHOTO_SHOTS']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

// Verifies SYNC-01: text, then the small picture; the original when a person wants it, over a cut link and a restart.
test('a photo’s small picture is seen without the hub; its original comes when asked for', async ({
  citizen,
  pcOf,
  launch,
}) => {
  test.setTimeout(180_000)
  await citizen.file({ service_code: 'jembatan', description: 'Papan jembatan patah.' })
  const pc = await pcOf('petugas', steps.CLERK)
  await core(pc.page, 'sync.setOriginals', { originals: 'asked' })
  const number = await citizen.file(
    { service_code: 'jembatan', description: `${SUBJECT}. Air menggenang.` },
    await largePhoto(),
  )
  await expect
    .poll(() => core(pc.page, 'sync.now', {}).then(() => stateOf(pc, number)))
    .toMatchObject({ where: 'hub', thumb: true })
  pc.gate.set('closed')
  await core(pc.page, 'sync.now', {})
  await expect.poll(async () => (await syncState(pc)).phase).toBe('offline')

  await steps.openReport(pc, SUBJECT)
  await expect.poll(() => seen(pc.page, '.photos')).toBe(320)
  await expect(pc.page.locator('.photo-badge')).toContainText('MB')
  await picture(pc.page, 'strip-offline')
  await pc.page.locator('button.photo').click()
  const dialog = pc.page.getByRole('dialog')
  await expect(dialog.getByText(words.report.originalAtHub.split(' ({{')[0]!)).toBeVisible()
  await expect.poll(() => seen(pc.page, '.photo-large')).toBe(320)
  await expectAccessible(pc.page, 'photo at the hub')
  await picture(pc.page, 'viewer-offline')
  for (const theme of ['dark', 'light'] as const) {
    await show(pc.page, { theme, textSize: theme === 'dark' ? 150 : 100 })
    await picture(pc.page, `viewer-offline-${theme}`)
  }
  await dialog.getByRole('button', { name: words.report.fetchOriginal }).click()
  await expect(dialog.getByText(words.report.originalLater.split('}}) ')[1]!)).toBeVisible()
  await picture(pc.page, 'viewer-asked')
  await pc.kill()

  const again = await launch('petugas', { userData: pc.userData })
  await steps.signIn(again, steps.CLERK)
  await steps.openReport(again, SUBJECT)
  await expect.poll(() => seen(again.page, '.photos')).toBe(320)
  expect(await stateOf(again, number)).toMatchObject({ where: 'asked' })
  await again.page.locator('button.photo').click()
  pc.gate.set('open')
  await core(again.page, 'sync.now', {})
  await expect.poll(() => stateOf(again, number), { timeout: 30_000 }).toMatchObject({ where: 'here' })
  await expect.poll(() => seen(again.page, '.photo-large')).toBe(2400)
  await picture(again.page, 'viewer-here')
  await again.page.keyboard.press('Escape')
  await visit(again.page, 'sync-center', { tab: 'link' })
  await expect(
    again.page.getByRole('button', { name: new RegExp(words['sync-center'].cost.originalsAsked) }),
  ).toBeVisible()
  await picture(again.page, 'sync-center')
})
