import { expect, type Page } from '@playwright/test'
import type { DeskApp } from './desk-app.ts'
import { become, core, findReport, visit } from './practice.ts'

/** One thing a person can see: how to get there in the practice regency, and how to leave it as it was. */
export interface Place {
  name: string
  open(desk: DeskApp): Promise<void>
  leave?(desk: DeskApp): Promise<void>
}

/** Letters, the register, the sync centre and settings. */
export const papers: Place[] = [
  {
    name: 'letters-draft',
    open: async ({ page }) => {
      await become(page, 'clerk')
      await paper(page, await replyLetter(page, 'draft'))
    },
  },
  {
    name: 'letters',
    open: async ({ page }) => {
      await become(page, 'clerk')
      await paper(page, await replyLetter(page, 'issued'))
    },
  },
  {
    name: 'register',
    open: async ({ page }) => {
      await become(page, 'agenda_clerk')
      await visit(page, 'register')
    },
  },
  { name: 'sync-center', open: ({ page }) => visit(page, 'sync-center') },
  { name: 'sync-center-link', open: ({ page }) => visit(page, 'sync-center', { tab: 'link' }) },
  { name: 'sync-center-integrity', open: ({ page }) => visit(page, 'sync-center', { tab: 'integrity' }) },
  { name: 'settings', open: ({ page }) => visit(page, 'settings') },
]

async function paper(page: Page, letter: string): Promise<void> {
  await visit(page, 'letters', { letter })
  await expect(page.locator('canvas[aria-label*="Yth."]').first()).toBeVisible()
}

/** A reply letter in this state: the one there is, or a new one of a published answer. */
async function replyLetter(page: Page, state: 'draft' | 'issued'): Promise<string> {
  const letters = await core(page, 'letters.list', { year: null, kind: 'reply', reportId: null })
  const there = letters.find((letter) => letter.state === state)
  if (there) return there.id
  const taken = new Set(letters.map((letter) => letter.reportId))
  const fits = (one: { id: string; replyState: string | null }) =>
    one.replyState === 'published' && !taken.has(one.id)
  const closed = await findReport(page, fits, { view: 'closed' })
  const { replies } = await core(page, 'reports.get', { reportId: closed.id })
  const replyId = replies.findLast((one) => one.state === 'published')!.id
  const order = {
    kind: 'reply',
    reportId: closed.id,
    replyId,
    dispositionId: null,
    paper: null,
    date: null,
  } as const
  const { id } = await core(page, 'letters.draft', order)
  if (state === 'draft') return id
  await core(page, 'letters.issue', { letterId: id })
  await expect
    .poll(async () => {
      await core(page, 'sync.now', {})
      const now = await core(page, 'letters.list', { year: null, kind: 'reply', reportId: closed.id })
      return now.find((letter) => letter.id === id)?.state
    })
    .toBe('issued')
  return id
}
