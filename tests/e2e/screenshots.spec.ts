import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchDesk, type DeskApp } from './support/desk-app.ts'
import { LOOKS, PLACES, wear } from './support/places.ts'
import { settled, show, startPractice } from './support/practice.ts'
import { smallPng } from './support/small-png.ts'
import { words } from './support/steps.ts'

const folder = resolve(process.env['MEJA_SCREENSHOTS_DIR'] ?? 'docs/screenshots')
/** `MEJA_SCREENSHOTS_ALL=1` also takes every dialog and form, and everything at 150 % text. */
const all = process.env['MEJA_SCREENSHOTS_ALL'] === '1'
const SHOWN = 'inbox report disposition reply approval letters register sync-center settings'.split(' ')
const looks = all ? LOOKS : LOOKS.filter((look) => look.name !== 'large')

const take = async ({ app, page }: DeskApp, name: string) => {
  await settled(page)
  await page.mouse.move(0, 0)
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  await writeFile(join(folder, `${name}.png`), await smallPng(app, png))
}

test('every screen at 1366 × 768, light and dark', async () => {
  await mkdir(folder, { recursive: true })
  const desk = await launchDesk('gambar')
  const { page } = desk
  for (const look of looks) {
    await wear(page, look)
    await take(desk, `first-run-${look.name}`)
  }
  await wear(page, LOOKS[0])
  await startPractice(desk)
  for (const look of looks) {
    await wear(page, look)
    for (const place of PLACES) {
      if (!all && !SHOWN.includes(place.name)) continue
      try {
        await place.open(desk)
      } catch (error) {
        if (!all) throw error
        console.log(`${place.name}-${look.name}: ${String(error).slice(0, 400)}`)
      }
      await take(desk, `${place.name}-${look.name}`)
      await place
        .leave?.(desk)
        .catch((error: unknown) => console.log(place.name, String(error).slice(0, 300)))
    }
  }
  await page.locator('.person-button').click()
  await page.getByRole('menuitem', { name: words.frame.signOut }).click()
  await expect(page.getByRole('heading', { name: words.onboarding.signInTitle })).toBeVisible()
  for (const look of looks) {
    await wear(page, look)
    await take(desk, `sign-in-${look.name}`)
  }
  await show(page, { theme: 'system', textSize: 100 })
  await desk.close()
  expect(desk.complaints).toEqual([])
})
