import { expect, type Page } from '@playwright/test'
import type { DeskApp } from './desk-app.ts'
import { papers, type Place } from './paper-places.ts'
import { become, CAST, core, findReport, settled, show, visit } from './practice.ts'
import { words } from './steps.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name }).first()
const dialog = (page: Page) => page.locator('[role=dialog], [role=alertdialog]')
const escape = async ({ page }: DeskApp) => {
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
}
const reportAt = async (page: Page, report: { id: string; subject: string }) => {
  await visit(page, 'inbox', { view: 'all', report: report.id })
  await expect(page.getByRole('heading', { name: report.subject, exact: true })).toBeVisible()
  await settled(page)
}
const asClerk = (page: Page) => become(page, 'clerk')
const asSupervisor = (page: Page) => become(page, 'supervisor')

/** A received report with photos, as the clerk first meets it. */
export const freshReport = (page: Page) =>
  findReport(page, (report) => report.state === 'received' && report.attachmentCount > 0 && !report.anonymous)

/** Forms that are asked on the report page, each with the key that opens it and the state it belongs to. */
const FORMS = {
  verify: ['received', 'v'],
  ask_citizen: ['received', 't'],
  propose_referral: ['received', 'w'],
  propose_archive: ['received', 'e'],
  note: ['received', 'n'],
  assign: ['verified', 'a'],
  prioritise: ['verified', 'p'],
  classify: ['verified', 'c'],
  set_flags: ['received', 'f'],
  group: ['verified', 'g'],
  schedule: ['acknowledged', 's', 'supervisor'],
  resume: ['awaiting_citizen', 'l'],
} as const

const inPlaceForms = (Object.keys(FORMS) as (keyof typeof FORMS)[]).map((action): Place => {
  const [state, key, role = 'clerk'] = FORMS[action] as readonly [string, string, 'supervisor'?]
  return {
    name: `report-form-${action}`,
    open: async ({ page }) => {
      await become(page, role)
      await reportAt(page, await findReport(page, (one) => one.state === state && !one.anonymous))
      await page.keyboard.press(key)
      await expect(page.getByRole('form', { name: words.report.action[action] })).toBeVisible()
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape')
      await expect(page.getByRole('form', { name: words.report.action[action] })).toHaveCount(0)
    },
  }
})

const inbox: Place[] = [
  {
    name: 'inbox',
    open: async ({ page }) => {
      await asClerk(page)
      await visit(page, 'inbox', { view: 'all' })
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'inbox-search',
    open: async ({ page }) => {
      await visit(page, 'inbox', { view: 'all', q: 'jalan' })
      await expect(page.locator('mark').first()).toBeVisible()
    },
  },
  {
    name: 'inbox-no-hits',
    open: async ({ page }) => {
      await visit(page, 'inbox', { view: 'all', q: 'zzzxqy' })
      await expect(page.getByText(words.inbox.noMatch)).toBeVisible()
    },
  },
  {
    name: 'inbox-filter',
    open: async ({ page }) => {
      await visit(page, 'inbox', { view: 'all' })
      await button(page, words.inbox.filter).click()
      await expect(page.getByRole('group', { name: words.inbox.filterState })).toBeVisible()
    },
    leave: escape,
  },
  {
    name: 'inbox-returned',
    open: async ({ page }) => {
      await visit(page, 'inbox', { view: 'returned' })
    },
  },
  {
    name: 'shortcuts',
    open: async ({ page }) => {
      await visit(page, 'inbox', { view: 'all' })
      await button(page, words.frame.shortcuts).click()
      await expect(page.getByRole('dialog', { name: words.frame.keys.title })).toBeVisible()
    },
    leave: escape,
  },
  {
    name: 'people-menu',
    open: async ({ page }) => {
      await page.locator('.person-button').click()
      await expect(page.getByRole('menu')).toBeVisible()
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape')
      await expect(page.getByRole('menu')).toHaveCount(0)
    },
  },
]

const report: Place[] = [
  {
    name: 'report',
    open: async ({ page }) => {
      await asClerk(page)
      await reportAt(page, await freshReport(page))
    },
  },
  {
    name: 'report-answered',
    open: async ({ page }) => {
      await reportAt(page, await findReport(page, (one) => one.state === 'closed', { view: 'closed' }))
    },
  },
  ...inPlaceForms,
  {
    name: 'disposition',
    open: async ({ page }) => {
      await asClerk(page)
      await reportAt(page, await findReport(page, (one) => one.state === 'verified' && !one.anonymous))
      await page.keyboard.press('d')
      await expect(page.getByRole('form', { name: words.disposition.title })).toBeVisible()
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape')
    },
  },
  {
    name: 'photo-viewer',
    open: async ({ page }) => {
      await reportAt(page, await freshReport(page))
      await page.locator('button.photo').first().click()
      await expect(dialog(page)).toBeVisible()
      await settled(page)
    },
    leave: escape,
  },
  {
    name: 'identity',
    open: async ({ page }) => {
      await asSupervisor(page)
      await reportAt(page, await findReport(page, (one) => one.anonymous))
      await button(page, words.report.reveal).click()
      await expect(dialog(page)).toBeVisible()
    },
    leave: escape,
  },
]

const reply: Place[] = [
  {
    name: 'reply',
    open: async ({ page }) => {
      await asClerk(page)
      const returned = await findReport(page, (one) => one.replyState === 'returned')
      const { replies } = await core(page, 'reports.get', { reportId: returned.id })
      const back = replies.findLast((one) => one.state === 'returned')!
      await visit(page, 'reply', { report: returned.id, kind: back.kind, reply: back.id })
      await expect(page.getByRole('textbox', { name: words.reply.body })).toBeVisible()
      await expect(page.getByText(words.reply.checksRunning)).toHaveCount(0)
      await settled(page)
    },
  },
  {
    name: 'reply-submit',
    open: async ({ page }) => {
      const ready = await findReport(page, (one) => one.state === 'disposed' && one.replyState === null)
      await visit(page, 'reply', { report: ready.id, kind: 'final' })
      const body = page.getByRole('textbox', { name: words.reply.body })
      await body.fill('Terima kasih. Hubungi 0812-3456-7890 atau {nama}. Perbaikan selesai pada 20 November.')
      await expect(page.getByText(words.reply.save.saved.split(' {{')[0]!).first()).toBeVisible()
      await page.getByRole('button', { name: words.reply.submit }).click()
      await expect(dialog(page).getByRole('checkbox')).toBeVisible()
    },
    leave: escape,
  },
]

const approval: Place[] = [
  {
    name: 'approval',
    open: async ({ page }) => {
      await returnedOnce(page)
      await asSupervisor(page)
      await decidable(page, true)
    },
  },
  {
    name: 'approval-return',
    open: async ({ page }) => {
      await decidable(page)
      await page.keyboard.press('k')
      await expect(page.getByLabel(words.approval.reason)).toBeVisible()
    },
    leave: async ({ page }) => {
      await page.keyboard.press('Escape')
      await expect(page.getByLabel(words.approval.reason)).toHaveCount(0)
    },
  },
  {
    name: 'approval-confirm',
    open: async ({ page }) => {
      await decidable(page)
      await page.keyboard.press('s')
      await expect(dialog(page)).toBeVisible()
    },
    leave: escape,
  },
  {
    name: 'approval-batch',
    open: async ({ page }) => {
      await visit(page, 'approval')
      await page.getByRole('checkbox', { name: words.approval.selectAll }).check({ force: true })
      await button(page, words.approval.startBatch).click()
      await expect(button(page, words.approval.batch.stop)).toBeVisible()
    },
    leave: async ({ page }) => {
      await button(page, words.approval.batch.stop).click()
    },
  },
  {
    name: 'approval-proposals',
    open: async ({ page }) => {
      await visit(page, 'approval', { tab: 'proposals' })
    },
  },
]

/** An answer that was sent back once and came again, so that the review has something to compare. */
async function returnedOnce(page: Page): Promise<void> {
  await asSupervisor(page)
  const queue = await core(page, 'replies.queue', {})
  if (queue.some((item) => item.previous)) return
  const { reply } = queue.find((item) => item.mayDecide && item.reply.authorName.startsWith(CAST.clerk))!
  const reason = 'Jangan menyebut nama pelapor, dan tulis tanggal selesainya.'
  await core(page, 'replies.return', { replyId: reply.id, hash: reply.hash, reason })
  await sent(page)
  await asClerk(page)
  const { id } = await core(page, 'drafts.save', {
    draftId: null,
    reportId: reply.reportId,
    kind: reply.kind,
    body: `${reply.body.replace(/^Yth.*\n+/, '')}\n\nPekerjaan selesai Jumat, 27 November 2026.`,
    attachments: [],
    replyId: reply.id,
  })
  await core(page, 'replies.submit', { draftId: id })
  await sent(page)
}

/** Sends what waits and lets the hub answer. */
const sent = (page: Page) =>
  expect.poll(async () => (await core(page, 'sync.now', {})).queued, { timeout: 30_000 }).toBe(0)

/** Goes to an answer this person may decide; `again` to one that was returned before. */
async function decidable(page: Page, again = false): Promise<void> {
  const queue = await core(page, 'replies.queue', {})
  const item = queue.find((one) => one.mayDecide && (!again || one.previous !== null))
  if (!item) throw new Error('no answer waits for this supervisor')
  await visit(page, 'approval', { reply: item.reply.id })
  await expect(page.getByRole('article', { name: item.report.number })).toBeVisible()
}

/** Everything inside the frame, in an order that changes people seldom. */
export const PLACES: readonly Place[] = [...inbox, ...report, ...reply, ...approval, ...papers]

/** The appearances every place is judged in. */
export const LOOKS = [
  { name: 'light', theme: 'light', textSize: 100 },
  { name: 'dark', theme: 'dark', textSize: 100 },
  { name: 'large', theme: 'light', textSize: 150 },
] as const

/** Puts the page in one of the looks. */
export const wear = (page: Page, { theme, textSize }: (typeof LOOKS)[number]) =>
  show(page, { theme, textSize })
