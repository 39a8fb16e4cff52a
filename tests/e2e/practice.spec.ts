import { expect, test } from '@playwright/test'
import { launchDesk } from './support/desk-app.ts'

test('a person starts practice with one click and sees the inbox', async () => {
  const desk = await launchDesk('latihan')
  await desk.page.screenshot({ path: '/tmp/e2e/first.png' })
  await desk.page
    .getByRole('button', { name: /latihan/i })
    .first()
    .click()
  await desk.page.waitForTimeout(3000)
  await desk.page.screenshot({ path: '/tmp/e2e/progress.png' })
  await desk.page.waitForTimeout(60000)
  await desk.page.screenshot({ path: '/tmp/e2e/inbox.png' })
  console.log(desk.complaints)
  await desk.close()
  expect(desk.complaints).toEqual([])
})
