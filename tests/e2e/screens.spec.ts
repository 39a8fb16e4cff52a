import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { expectAccessible, launchDesk, type DeskApp } from './support/desk-app.ts'
import { dropCopies } from './support/desk-disk.ts'
import { test } from './support/fixtures.ts'
import { LOOKS, PLACES, wear } from './support/places.ts'
import { become, CAST, findReport, settled, show, startPractice, visit } from './support/practice.ts'
import { enrol, expectDispositionOffered, PASSWORD, words } from './support/steps.ts'

test.describe.configure({ mode: 'serial' })

let desk: DeskApp

test.beforeAll(async () => {
  desk = await launchDesk('layar')
})
test.afterAll(async () => {
  await desk.close()
  expect(desk.complaints).toEqual([])
})

/** Judges what is on the screen: axe, nothing wider than the window, no word of a state cut off. */
async function judge(page: Page, name: string): Promise<void> {
  await settled(page)
  await expectAccessible(page, name)
  const faults = await page.evaluate(() => {
    const wide = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) > innerWidth
    const cut = [...document.querySelectorAll('.row-state, .chip, .button, .sidebar-name, .tab')].filter(
      (element) => element.scrollWidth > element.clientWidth + 1,
    )
    // A word broken inside a button: the button is narrower than its only word.
    for (const button of document.querySelectorAll<HTMLElement>('.button')) {
      const high = button.clientHeight > 2.8 * Number.parseFloat(getComputedStyle(button).fontSize)
      if (high && /^\S+$/.test(button.textContent?.trim() ?? '')) cut.push(button)
    }
    return [
      ...(wide ? ['wider than the window'] : []),
      ...cut.map((element) => `cut: ${element.textContent}`),
    ]
  })
  expect(faults, name).toEqual([])
}

async function judgeInAllLooks(page: Page, name: string): Promise<void> {
  for (const look of LOOKS) {
    await wear(page, look)
    await judge(page, `${name}, ${look.name}`)
  }
  await show(page, { theme: 'light', textSize: 100 })
}

test('first run and enrolment', async () => {
  const { page } = desk
  await judgeInAllLooks(page, 'first run')
  await page.getByRole('button', { name: words.onboarding.chooseEnrol }).click()
  await page.getByRole('button', { name: words.onboarding.enrol, exact: true }).click()
  await expect(page.getByText(words.onboarding.codeRequired)).toBeVisible()
  await judgeInAllLooks(page, 'enrol with mistakes')
  await page.getByRole('button', { name: words.common.back }).click()
  await startPractice(desk)
})

for (const look of LOOKS)
  test(`every place and dialog, ${look.name}`, async () => {
    test.setTimeout(300_000)
    await wear(desk.page, look)
    for (const place of PLACES)
      await test.step(place.name, async () => {
        await place.open(desk)
        await judge(desk.page, `${place.name}, ${look.name}`)
        await place.leave?.(desk)
      })
    expect(desk.complaints).toEqual([])
  })

test('from the inbox to verified and disposed with the keyboard alone', async () => {
  const { page } = desk
  await show(page, { theme: 'light', textSize: 100 })
  await become(page, 'clerk')
  const report = await findReport(page, (one) => one.state === 'received' && !one.anonymous)
  await visit(page, 'inbox', { view: 'all' })
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('/')
  await expectFocusSeen(page)
  await page.keyboard.type(report.number)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: report.subject, exact: true })).toBeVisible()
  await page.keyboard.press('v')
  await expect(page.getByRole('radiogroup', { name: words.report.form.class })).toBeVisible()
  await expectFocusSeen(page)
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page.getByText(words.report.done.verify).first()).toBeVisible()
  await expectDispositionOffered(page)
  await page.keyboard.press('d')
  const form = page.getByRole('form', { name: words.disposition.title })
  await expect(form).toBeVisible()
  await expectFocusSeen(page)
  await page.keyboard.press('Space')
  await tabInto(page, words.disposition.instructions)
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(words.disposition.doneTitle)).toBeVisible()
  await expectFocusSeen(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByText(words.disposition.doneTitle)).toHaveCount(0)
  await expect(page.getByRole('article').getByText(words.common.state.disposed).first()).toBeVisible()
})

test('signing in, and data that cannot be opened', async () => {
  const { page, userData } = desk
  await page.locator('.person-button').click()
  await page.getByRole('menuitem', { name: words.frame.signOut }).click()
  await expect(page.getByRole('heading', { name: words.onboarding.signInTitle })).toBeVisible()
  await judgeInAllLooks(page, 'sign-in')
  await desk.close()
  expect(desk.complaints).toEqual([])
  dropCopies(userData)
  await writeFile(join(userData, 'data/desk.db'), new Uint8Array(64 * 1024).fill(7))
  desk = await launchDesk('layar', { userData })
  await desk.page.getByRole('button', { name: CAST.clerk }).click()
  await expect(desk.page.getByRole('heading', { name: words.onboarding.brokenTitle })).toBeVisible()
  await judgeInAllLooks(desk.page, 'broken')
  await desk.page.getByRole('button', { name: words.onboarding.rebuild }).click()
  await expect(desk.page.locator('[role=dialog], [role=alertdialog]')).toBeVisible()
  await judgeInAllLooks(desk.page, 'rebuild?')
})

test('a password, and an office without a single report', async ({ hub, launch }) => {
  const office = await launch('kosong')
  const { page } = office
  await enrol(office, hub, 'DLH')
  await judgeInAllLooks(page, 'sign-in with people who are new here')
  const first = page.locator('.people-row').first()
  await first.click()
  await judgeInAllLooks(page, 'password')
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: words.frame.places })).toBeVisible({ timeout: 40_000 })
  for (const [place, params] of EMPTY) {
    await visit(page, place, params)
    await judgeInAllLooks(page, `empty ${place} ${params.view ?? ''}`)
  }
})

const EMPTY: readonly (readonly [string, Record<string, string>])[] = [
  ['inbox', { view: 'all' }],
  ['inbox', { view: 'returned' }],
  ['approval', {}],
  ['approval', { tab: 'proposals' }],
  ['letters', {}],
  ['register', {}],
  ['sync-center', {}],
]

/** Presses Tab until the focus is inside the group of this name; each stop must show where it is. */
async function tabInto(page: Page, group: string): Promise<void> {
  const inside = page.getByRole('group', { name: group }).locator(':focus')
  for (let n = 0; n < 40 && (await inside.count()) === 0; n++) {
    await page.keyboard.press('Tab')
    await expectFocusSeen(page)
  }
  await expect(inside).toHaveCount(1)
}

/** Whatever has the focus shows it: an outline of its own or of what stands for it. */
async function expectFocusSeen(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const focused = document.activeElement
    if (!focused || focused === document.body) return false
    const marks = [focused, focused.closest('[data-focus-visible]'), focused.closest('.search-box')]
    return marks.some((element) => {
      if (!element) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1.5
    })
  })
}
