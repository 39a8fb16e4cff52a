import { expect } from '@playwright/test'
import { test } from './support/fixtures.ts'
import { core } from './support/practice.ts'
import {
  ledgerLine,
  leased,
  outboxEmpty,
  pdfOf,
  reportOf,
  statusLine,
  syncState,
} from './support/office-steps.ts'
import * as steps from './support/steps.ts'

const { words } = steps
const SUBJECT = 'Jembatan kayu Kali Selamat Datang lapuk'
const NOTE = 'Periksa balok penyangga sebelum hari Jumat.'
const ANSWER =
  'Terima kasih atas laporan Saudara. Balok penyangga jembatan Kali Selamat Datang diganti pada 25 November.'

// Verifies SYNC-01, SYNC-02, SYNC-05, APPR-01, LETT-01, LETT-03
test('with the hub gone twice in the middle, everything is done, queued and applied exactly once', async ({
  hub,
  citizen,
  pcOf,
}) => {
  const number = await citizen.file({ service_code: 'jembatan', description: `${SUBJECT}. Papan patah.` })
  const clerk = await pcOf('petugas', steps.CLERK)
  const supervisor = await pcOf('atasan', steps.SUPERVISOR)
  await leased(clerk)
  await leased(supervisor)
  await steps.openReport(clerk, SUBJECT)
  await outboxEmpty(clerk)

  await hub.kill()
  const proven = (await syncState(clerk)).lastSyncedAt
  await steps.verifyByKeyboard(clerk)
  await steps.dispose(clerk, NOTE)
  await clerk.page.getByRole('button', { name: words.disposition.print }).first().click()
  await expect(clerk.page.locator('canvas').first()).toBeVisible()
  const sheet = (await reportOf(clerk, number)).letters[0]!
  expect(await pdfOf(clerk, sheet.id)).toMatch(/^%PDF-/)
  await steps.openReport(clerk, SUBJECT)
  await steps.answer(clerk, ANSWER)

  // What the desk says of itself: queued, without a link, and no newer proof than there is.
  await steps.syncNow(clerk)
  const trouble = words.errors.hub_unreachable
  await expect(clerk.page.getByText(trouble.what).first()).toBeVisible()
  for (const kind of [
    words['sync-center'].kind.report.verify,
    words['sync-center'].kind.report.dispose,
    words['sync-center'].kind.reply.submit,
  ])
    await expect(ledgerLine(clerk, kind)).toContainText(words['sync-center'].state.queued)
  await expect(statusLine(clerk)).toContainText(words.frame.sync.offline)
  await expect(statusLine(clerk)).toContainText(words.frame.sync.keepWorking)
  await expect(statusLine(clerk)).toContainText(/3 antre/)
  const offline = await syncState(clerk)
  expect(offline.lastSyncedAt).toBe(proven)
  expect(offline.phase).toBe('offline')
  expect(offline.queued).toBe(3)
  await expect(clerk.page.getByText(words['sync-center'].allClear)).toHaveCount(0)

  // The hub is back: nobody presses anything, everything arrives once, as the other PC sees it.
  await hub.start()
  await outboxEmpty(clerk)
  await expect(ledgerLine(clerk, words['sync-center'].kind.report.verify)).toContainText(
    words['sync-center'].state.applied,
  )
  expect((await syncState(clerk)).lastSyncedAt).toBeGreaterThan(proven!)
  await steps.syncNow(supervisor)
  await expect.poll(async () => (await reportOf(supervisor, number)).replies.length).toBe(1)
  const arrived = await reportOf(supervisor, number)
  const acts = arrived.entries.map((entry) => entry.action)
  for (const action of ['verify', 'dispose', 'submit_reply'])
    expect(acts.filter((one) => one === action)).toHaveLength(1)
  expect(arrived.dispositions.map((one) => one.note)).toEqual([NOTE])
  expect(arrived.state.state).toBe('disposed')
  expect(await citizen.updates(number)).toEqual([])

  // Down again: the approval and a numbered letter wait here.
  await hub.kill()
  await steps.approve(supervisor, ANSWER)
  await steps.openReport(supervisor, SUBJECT)
  await supervisor.page.getByRole('button', { name: words.report.makeLetter }).click()
  await supervisor.page.getByRole('button', { name: words.letters.issue }).click()
  await supervisor.page.getByRole('alertdialog').getByRole('button', { name: words.letters.issueYes }).click()
  const heading = supervisor.page.getByRole('article').getByRole('heading', { level: 1 })
  await expect(heading).toContainText('/')
  const letterNumber = (await heading.textContent()) ?? ''
  const letter = (await reportOf(supervisor, number)).letters.find((one) => one.number === letterNumber)!
  expect(letter.pending).toBe(true)
  const printed = await pdfOf(supervisor, letter.id)
  expect(printed).toMatch(/^%PDF-/)

  await hub.start()
  await steps.syncNow(supervisor)
  await outboxEmpty(supervisor)
  expect((await citizen.updates(number)).map((update) => update.description)).toEqual([ANSWER])
  expect(await citizen.everything(number)).toContain('fixed')
  await steps.syncNow(clerk)
  const year = letter.year
  const registers = await Promise.all(
    [clerk, supervisor].map(async (desk) => {
      await expect.poll(async () => (await core(desk.page, 'letters.register', { year })).rows.length).toBe(1)
      const { rows, gaps } = await core(desk.page, 'letters.register', { year })
      expect(gaps.filter((gap) => gap.why === 'unexplained')).toEqual([])
      return rows.map(({ n, number: shown, state, pending, sha256 }) => ({
        n,
        shown,
        state,
        pending,
        sha256,
      }))
    }),
  )
  expect(registers[0]).toEqual(registers[1])
  expect(registers[0]).toMatchObject([{ shown: letterNumber, state: 'issued', pending: false }])
  expect(await pdfOf(supervisor, letter.id)).toBe(printed)
  await expect.poll(() => pdfOf(clerk, letter.id)).toBe(printed)
})
