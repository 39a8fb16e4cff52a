import { expect, type Page } from '@playwright/test'
import type { ErrorCode } from '../../shared/ipc/errors.ts'
import { HUB_CONTENT_TYPE } from '../../shared/sync/exchange.ts'
import { startFakeHubs } from './support/fake-hubs.ts'
import { test } from './support/fixtures.ts'
import type { HubProcess } from './support/hub-process.ts'
import * as steps from './support/steps.ts'

const { words } = steps
const form = words.onboarding

/** Fills the form and sends it. */
async function tryToEnrol(page: Page, address: string, code: string): Promise<void> {
  await page.getByLabel(form.address).fill(address)
  await page.getByLabel(form.code).fill(code)
  await page.getByLabel(form.deviceName).fill('PC uji')
  await page.getByRole('button', { name: form.enrol, exact: true }).click()
}

/** What happened, what to do and the code stand on the form, and what was typed is still there. */
async function expectRefusal(page: Page, code: ErrorCode, address: string): Promise<void> {
  const { what, todo } = words.errors[code]
  await expect(page.getByText(words.common.codeToQuote.replace('{{code}}', code))).toBeVisible()
  await expect(page.locator('form')).toContainText(what)
  await expect(page.locator('form')).toContainText(todo)
  await expect(page.getByLabel(form.address)).toHaveValue(address)
  await expect(page.getByLabel(form.deviceName)).toHaveValue('PC uji')
}

/** Uses a code up, as another PC would. */
async function spend(hub: HubProcess, code: string): Promise<void> {
  const answer = await fetch(`${hub.url}/v1/enrolments`, {
    method: 'POST',
    headers: { 'content-type': HUB_CONTENT_TYPE },
    body: JSON.stringify({ protocol: 1, code, deviceName: 'PC lain' }),
  })
  expect(answer.ok).toBe(true)
}

// Verifies SYNC-05
test('a wrong address or code is said on the form, and the right ones work afterwards', async ({
  hub,
  launch,
}) => {
  const fakes = await startFakeHubs()
  try {
    const desk = await launch('salah')
    const { page } = desk
    await page.getByRole('button', { name: form.chooseEnrol }).click()
    const used = await hub.enrolCode('PUPR')
    await spend(hub, used)
    const good = await hub.enrolCode('PUPR')
    const cases: [address: string, code: string, refusal: ErrorCode][] = [
      ['bukan alamat hub', good, 'bad_address'],
      ['http://hub.contoh.go.id', good, 'bad_address'],
      ['https://admin:sandi@hub.contoh.go.id', good, 'bad_address'],
      ['ftp://hub.contoh.go.id', good, 'bad_address'],
      [fakes.nobody, good, 'hub_unreachable'],
      [fakes.page, good, 'login_page'],
      [fakes.moved, good, 'redirected'],
      [fakes.json, good, 'not_a_hub'],
      [fakes.newer, good, 'hub_too_new'],
      [fakes.older, good, 'hub_too_old'],
      [hub.url, 'AAAAA-BBBBB', 'code_unknown'],
      [hub.url, used, 'code_used'],
    ]
    for (const [address, code, refusal] of cases)
      await test.step(`${refusal}: ${address}`, async () => {
        await tryToEnrol(page, address, code)
        await expectRefusal(page, refusal, address)
      })
    // None of the strangers was given the code.
    await tryToEnrol(page, hub.url, good)
    await expect(page.getByRole('heading', { name: form.signInTitle })).toBeVisible()
  } finally {
    await fakes.close()
  }
})

test('a wrong password, and a first sign-in without a link, are said and can be tried again', async ({
  launch,
  gate,
  hub,
}) => {
  const link = await gate()
  const desk = await launch('sandi')
  const { page } = desk
  await steps.enrol(desk, { ...hub, url: link.url })
  const tryPassword = async (password: string) => {
    await page.getByLabel(form.password.replace('{{name}}', '')).fill(password)
    await page.getByRole('button', { name: form.signIn, exact: true }).click()
  }
  await page.getByRole('button', { name: steps.CLERK }).click()
  await tryPassword('salah')
  await expect(page.getByText(words.errors.wrong_password.what)).toBeVisible()
  await expect(page.getByText(words.errors.wrong_password.todo)).toBeVisible()
  link.set('closed')
  await tryPassword(steps.PASSWORD)
  await expect(page.getByText(words.errors.password_unknown_here.what)).toBeVisible()
  await expect(page.getByText(words.errors.password_unknown_here.todo)).toBeVisible()
  link.set('open')
  await tryPassword(steps.PASSWORD)
  await expect(page.getByRole('navigation', { name: words.frame.places })).toBeVisible()
})
