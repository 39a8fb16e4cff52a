import { expect, type Page } from '@playwright/test'
import type { Input, Method, Output } from '../../../shared/ipc/contract.ts'
import type { InboxView, Preferences, ReportSummary } from '../../../shared/ipc/views.ts'
import type { DeskApp } from './desk-app.ts'
import { CLERK, SUPERVISOR, words } from './steps.ts'

interface RawBridge {
  bridge: { invoke(method: string, input: unknown): Promise<unknown> }
}

/** What the bridge answers, whatever it is asked. */
export const ask = (page: Page, method: string, input: unknown): Promise<unknown> =>
  page.evaluate(([name, value]) => (window as unknown as RawBridge).bridge.invoke(name, value), [
    method,
    input,
  ] as [string, unknown])

/** Calls the core through the page's own bridge; a refusal fails the test with its code. */
export async function core<M extends Method>(page: Page, method: M, input: Input<M>): Promise<Output<M>> {
  const answer = (await ask(page, method, input)) as
    { ok: true; value: Output<M> } | { ok: false; error: { code: string } }
  if (!answer.ok) throw new Error(`${method}: ${answer.error.code}`)
  return answer.value
}

/** One click from the first screen to the inbox of the practice regency. */
export async function startPractice({ page }: DeskApp): Promise<void> {
  await page.getByRole('button', { name: words.onboarding.choosePractice }).click()
  await expect(page.getByRole('listbox', { name: words.inbox.list })).toBeVisible({ timeout: 90_000 })
}

/** Sets how this PC shows things and waits until the page does. */
export async function show(page: Page, wanted: Partial<Preferences>): Promise<void> {
  const now = await core(page, 'app.preferences', {})
  const next = { ...now, ...wanted }
  await core(page, 'app.setPreferences', next)
  const root = page.locator('html')
  await expect(root).toHaveAttribute('data-text-size', String(next.textSize))
  await expect(root).toHaveAttribute('lang', next.locale)
  if (next.theme !== 'system') await expect(root).toHaveAttribute('data-theme', next.theme)
}

/** Goes to an address of the app, as a link of it would. */
export async function visit(page: Page, place: string, params: Record<string, string> = {}): Promise<void> {
  const search = new URLSearchParams(params).toString()
  await page.evaluate(
    (hash) => {
      location.hash = hash
    },
    `#/${place}${search ? `?${search}` : ''}`,
  )
  await settled(page)
}

/** Waits until nothing is still coming: no skeleton, the fonts there, every picture that is in sight read. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('.skeleton')).toHaveCount(0)
  await page.waitForFunction(
    () =>
      document.fonts.status === 'loaded' &&
      [...document.images].every((image) => {
        const { top, bottom } = image.getBoundingClientRect()
        return image.complete || bottom < 0 || top > innerHeight
      }),
  )
}

/** Who plays which role in the tests: people of Dinas PUPR. */
export const CAST = {
  clerk: CLERK,
  supervisor: SUPERVISOR,
  agenda_clerk: 'Sitti Rahmawati Daeng',
  agency_admin: 'Petrus Wilem Rumadas',
} as const

/** Practice: become the person of this role. */
export async function become(page: Page, role: keyof typeof CAST): Promise<string> {
  const { people, person } = await core(page, 'app.status', {})
  const wanted = people.find((one) => one.name === CAST[role])
  if (!wanted) throw new Error(`${CAST[role]} is not of this agency`)
  if (person?.id !== wanted.id) {
    await core(page, 'session.switchPractice', { personId: wanted.id })
    await expect(page.locator('.person-button')).toContainText(wanted.name)
  }
  return wanted.name
}

/** The first report of the mirror that `fits`. */
export async function findReport(
  page: Page,
  fits: (report: ReportSummary) => boolean,
  filter: Partial<Input<'reports.list'>> & { view: InboxView } = { view: 'all' },
): Promise<ReportSummary> {
  let after: string | null = null
  do {
    const found: Output<'reports.list'> = await core(page, 'reports.list', { ...filter, after, limit: 100 })
    const hit = found.items.find(fits)
    if (hit) return hit
    after = found.next
  } while (after)
  throw new Error('no report of the practice data fits')
}
