import { expect, type Page } from '@playwright/test'
import { id } from '../../../renderer/i18n/catalogue.ts'
import type { DeskApp } from './desk-app.ts'
import type { HubProcess } from './hub-process.ts'

/** The catalogue's own words, so that a reworded button does not break a test that is about behaviour. */
export const words = id

/** Password of every practice person. */
export const PASSWORD = 'latihan-mimika'

/** People of Dinas PUPR in the practice regency. */
export const CLERK = 'Novita Sari Palimbong'
export const SUPERVISOR = 'Maria Goreti Sandambo'

const button = (page: Page, name: string) => page.getByRole('button', { name })

/** Makes this PC a device of the agency with a code from the operator. */
export async function enrol({ page, name }: DeskApp, hub: HubProcess, agencyId = 'PUPR'): Promise<void> {
  const code = await hub.enrolCode(agencyId)
  await button(page, words.onboarding.chooseEnrol).click()
  await page.getByLabel(words.onboarding.address).fill(hub.url)
  await page.getByLabel(words.onboarding.code).fill(code)
  await page.getByLabel(words.onboarding.deviceName).fill(`PC ${name}`)
  await page.getByRole('button', { name: words.onboarding.enrol, exact: true }).click()
  await expect(page.getByRole('heading', { name: words.onboarding.signInTitle })).toBeVisible()
}

/** Signs a person in and waits for the inbox. */
export async function signIn({ page }: DeskApp, person: string): Promise<void> {
  await button(page, person).click()
  await page.getByLabel(words.onboarding.password.replace('{{name}}', ''), { exact: false }).fill(PASSWORD)
  await page.getByRole('button', { name: words.onboarding.signIn, exact: true }).click()
  await expect(page.getByRole('listbox')).toBeVisible({ timeout: 40_000 })
}

/** Goes to a place of the left column. */
export async function goTo({ page }: DeskApp, place: keyof typeof words.frame.place): Promise<void> {
  await page
    .getByRole('navigation', { name: words.frame.places })
    .getByRole('button', { name: new RegExp(`^${words.frame.place[place]}`) })
    .click()
}

/** Asks for an exchange now; acts that could still be undone are sent too. */
export async function syncNow(desk: DeskApp): Promise<void> {
  await goTo(desk, 'sync-center')
  await desk.page.getByRole('button', { name: words['sync-center'].syncNow }).click()
}

/** Opens a report from the inbox by its subject. */
export async function openReport(desk: DeskApp, subject: string): Promise<void> {
  await goTo(desk, 'all')
  await desk.page.getByRole('option', { name: subject }).click()
  await expect(desk.page.getByRole('heading', { name: subject })).toBeVisible()
}

/** V, K, Enter: verifies as a complaint by keyboard only. */
export async function verifyByKeyboard({ page }: DeskApp): Promise<void> {
  await page.keyboard.press('v')
  await expect(page.getByRole('radiogroup', { name: words.report.form.class })).toBeVisible()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page.getByText(words.report.done.verify).first()).toBeVisible()
  await expectDispositionOffered(page)
}

/** The next key counts from the moment its button is seen. */
export const expectDispositionOffered = (page: Page): Promise<void> =>
  expect(
    page
      .getByRole('toolbar', { name: words.report.actions })
      .getByRole('button', { name: new RegExp(`^${words.report.action.dispose}`) }),
  ).toBeVisible()

/** Disposes to the first unit with the first instruction; leaves the "print the sheet" offer open. */
export async function dispose({ page }: DeskApp, note: string): Promise<void> {
  await page.keyboard.press('d')
  const form = page.getByRole('form', { name: words.disposition.title })
  await form
    .getByRole('group', { name: words.disposition.units })
    .getByRole('checkbox')
    .first()
    .check({ force: true })
  await form
    .getByRole('group', { name: words.disposition.instructions })
    .getByRole('checkbox')
    .first()
    .check({ force: true })
  await form.getByLabel(words.disposition.note).fill(note)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(words.disposition.doneTitle)).toBeVisible()
}

/** Opens the editor of an answer and attaches files, with the system's dialog answered for the person. */
export async function attach({ app, page }: DeskApp, filePaths: readonly string[]): Promise<void> {
  await app.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...paths] })
    },
    [...filePaths],
  )
  await page.keyboard.press('r')
  await page.getByRole('button', { name: words.reply.attach }).click()
  const attached = page.getByRole('list', { name: words.reply.attachments }).first()
  await expect(attached.getByRole('listitem')).toHaveCount(filePaths.length)
}

/** Writes an answer and submits it after the privacy check. */
export async function answer(
  { page }: DeskApp,
  text: string,
  kind: 'acknowledgement' | 'final' = 'final',
): Promise<void> {
  await page.keyboard.press('r')
  await page.getByRole('radio', { name: words.common.replyKind[kind] }).check({ force: true })
  await page.getByRole('textbox', { name: words.reply.body }).fill(text)
  await expect(page.getByText(words.reply.save.saved.split(' {{')[0]!).first()).toBeVisible()
  await page.getByRole('button', { name: words.reply.submit }).click()
  const dialog = page.locator('[role=dialog], [role=alertdialog]')
  const looked = dialog.getByRole('checkbox')
  if (await looked.count()) await looked.check({ force: true })
  await dialog.getByRole('button', { name: words.reply.confirm.send }).click()
  await expect(page.getByText(words.reply.submitted).first()).toBeVisible()
}

/** Approves the answer that quotes `text` with S and the confirmation. */
export async function approve(desk: DeskApp, text: string): Promise<void> {
  await goTo(desk, 'approval')
  await expect(desk.page.getByText(text).first()).toBeVisible()
  await desk.page.keyboard.press('s')
  await desk.page
    .locator('[role=dialog], [role=alertdialog]')
    .getByRole('button', { name: words.approval.confirm.yes })
    .click()
  await expect(desk.page.getByText(words.approval.approved).first()).toBeVisible()
}
