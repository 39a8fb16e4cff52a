import { expect, test } from '@playwright/test'
import type { ErrorCode } from '../../../shared/ipc/errors.ts'
import type { DeskApp } from './desk-app.ts'
import { statusLine } from './office-steps.ts'
import { words } from './steps.ts'

/** Keeps what the person sees now beside the test's results, to be opened and judged. */
export async function keepSight({ page }: Pick<DeskApp, 'page'>, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), animations: 'disabled' })
}

/** Bottom left: the state of the link in a few words. */
export const badge = ({ page }: Pick<DeskApp, 'page'>) => page.locator('.sidebar-sync-words')

/** The sync centre says what happened, what is safe and what to do; the left column and the status bar name it too. */
export async function expectTold(
  desk: DeskApp,
  code: ErrorCode & keyof typeof words.frame.sync.trouble,
): Promise<void> {
  const told = desk.page.locator('.sync-trouble')
  for (const part of Object.values(words.errors[code])) await expect(told).toContainText(part)
  await expect(badge(desk)).toContainText(words.frame.sync.trouble[code])
  const short = code === 'hub_unreachable' ? words.frame.sync.offline : words.frame.sync.trouble[code]
  await expect(statusLine(desk)).toContainText(short)
}
