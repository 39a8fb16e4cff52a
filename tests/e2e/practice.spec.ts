import { expect, type Page } from '@playwright/test'
import { en, id } from '../../renderer/i18n/catalogue.ts'
import { test } from './support/fixtures.ts'
import { become, CAST, core, findReport, startPractice, visit } from './support/practice.ts'
import { goTo, words } from './support/steps.ts'

const numbersIn = (text: string | null) => (text ?? '').match(/\d+/g)?.map(Number) ?? []

test('one click starts practice, with progress, and ends in an inbox whose counts are proven', async ({
  launch,
}) => {
  const desk = await launch('latihan')
  const { page } = desk
  await page.getByRole('button', { name: words.onboarding.choosePractice }).click()
  await expect(page.getByRole('heading', { name: words.onboarding.settingUp })).toBeVisible()
  await expect(page.getByRole('progressbar')).toBeVisible()
  const list = page.getByRole('listbox', { name: words.inbox.list })
  await expect(list).toBeVisible({ timeout: 90_000 })

  // What the status bar, the left column, the list and the mirror say is what the hub said.
  const sync = await core(page, 'sync.status', {})
  expect(sync.mirrorComplete).toBe(true)
  expect(sync.mirroredReportCount).toBe(sync.hubReportCount)
  await expect(page.locator('.status-bar')).toContainText(`${sync.hubReportCount} laporan`)
  await expect(page.locator('.inbox-total')).toHaveText(`${sync.hubReportCount} laporan`)
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-setsize', String(sync.hubReportCount))
  const counts = await core(page, 'reports.counts', {})
  for (const view of ['all', 'new', 'due_today', 'late', 'returned', 'mine', 'closed'] as const) {
    const place = page
      .getByRole('navigation', { name: words.frame.places })
      .getByRole('button', { name: new RegExp(`^${words.frame.place[view]}`) })
    expect(numbersIn(await place.textContent())).toEqual([counts.views[view]])
    const page1 = await core(page, 'reports.list', { view, limit: 1 })
    expect(page1.total, view).toBe(counts.views[view])
  }
  // An independent witness of the regency: the public door of the practice hub.
  const answer = await fetch(`${sync.hubUrl}/open311/v2/requests.json`)
  const reports = (await answer.json()) as { agency_responsible: string }[]
  expect(reports.length).toBeGreaterThanOrEqual(120)
  expect(new Set(reports.map((one) => one.agency_responsible)).size).toBeGreaterThanOrEqual(8)
})

test('one person plays clerk, supervisor and agenda clerk, each with what that role may do', async ({
  launch,
}) => {
  const desk = await launch('peran')
  const { page } = desk
  await startPractice(desk)
  await play(page, 'clerk')
  await goTo(desk, 'approval')
  await expect(page.getByRole('button', { name: words.approval.approve })).toBeDisabled()
  await expect(page.locator('.approval-why')).toHaveText(
    new RegExp(`${words.approval.why.wrong_role}|${words.approval.why.four_eyes}`),
  )

  await play(page, 'supervisor')
  const { replyQueue } = await core(page, 'reports.counts', {})
  await expect(page.getByRole('button', { name: words.approval.approve })).toBeEnabled()
  await page.keyboard.press('s')
  await page.getByRole('alertdialog').getByRole('button', { name: words.approval.confirm.yes }).click()
  await expect(page.getByText(words.approval.approved).first()).toBeVisible()
  await expect.poll(async () => (await core(page, 'reports.counts', {})).replyQueue).toBe(replyQueue - 1)

  await play(page, 'agenda_clerk')
  await goTo(desk, 'register')
  await expect(page.getByRole('heading', { name: words.register.title })).toBeVisible()
})

test('after a restart the hub and the work are where they were', async ({ launch }) => {
  const before = await launch('ulang')
  await startPractice(before)
  await become(before.page, 'clerk')
  const fresh = await findReport(before.page, (one) => one.state === 'received', { view: 'new' })
  await core(before.page, 'reports.triage', {
    reportId: fresh.id,
    action: 'verify',
    payload: { class: 'keluhan', oversight: false, priority: 'normal' },
  })
  const { hubReportCount } = await core(before.page, 'sync.status', {})
  // Quits at once: what was just done may not have been sent.
  await before.close()

  const { page } = await launch('ulang', { userData: before.userData })
  await page.getByRole('button', { name: CAST.clerk }).click()
  await expect(page.getByRole('listbox', { name: words.inbox.list })).toBeVisible()
  await core(page, 'sync.now', {})
  await expect
    .poll(async () => {
      const { queued, hubReportCount: named, problem } = await core(page, 'sync.status', {})
      return { queued, named, problem }
    })
    .toEqual({ queued: 0, named: hubReportCount, problem: null })
  const { state } = await core(page, 'reports.get', { reportId: fresh.id })
  expect(state).toMatchObject({ state: 'verified', class: 'keluhan' })
})

test('in English no Indonesian is left around the citizens’ words', async ({ launch }) => {
  const desk = await launch('bahasa')
  const { page } = desk
  await startPractice(desk)
  await visit(page, 'settings')
  await page.getByText(words.settings.languageName.en, { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { name: en.settings.title })).toBeVisible()
  await visit(page, 'inbox', { view: 'all' })
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await leftovers(page)).toEqual([])
  await visit(page, 'approval')
  expect(await leftovers(page)).toEqual([])
})

/** Becomes this person the way a person would: in the menu of the title bar. */
async function play(page: Page, role: keyof typeof CAST): Promise<void> {
  await page.locator('.person-button').click()
  await page.getByRole('menuitem', { name: CAST[role] }).click()
  await expect(page.locator('.person-words')).toContainText(words.common.role[role].toLowerCase(), {
    ignoreCase: true,
  })
  await expect(page.getByRole('menu')).toHaveCount(0)
}

/** Indonesian words of the catalogue that the page still shows, apart from what people of the regency wrote. */
async function leftovers(page: Page): Promise<string[]> {
  const written =
    '.row-subject, .row-places, .row-where, .sidebar-agency, .person-button, .approval-screen [lang=id], .approval-review, .approval-row-button, .toasts'
  const shown = await page.evaluate((hidden) => {
    const copy = document.body.cloneNode(true) as HTMLElement
    for (const element of copy.querySelectorAll(hidden)) element.remove()
    const labels = [...copy.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((element) =>
      ['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? ''),
    )
    const texts: string[] = []
    const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) texts.push(walk.currentNode.textContent ?? '')
    return [...texts, ...labels].map((text) => text.trim()).filter(Boolean)
  }, written)
  const indonesian = new Set(
    [
      ...pairs(id.frame, en.frame),
      ...pairs(id.inbox, en.inbox),
      ...pairs(id.common, en.common),
      ...pairs(id.approval, en.approval),
    ].flatMap(([source, english]) => (source === english ? [] : [source])),
  )
  return shown.filter((text) => indonesian.has(text))
}

function pairs(source: unknown, english: unknown): [string, string][] {
  if (typeof source === 'string') return [[source, String(english)]]
  return Object.entries(source as Record<string, unknown>).flatMap(([key, value]) =>
    pairs(value, (english as Record<string, unknown>)[key]),
  )
}
