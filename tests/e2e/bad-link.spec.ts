import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect } from '@playwright/test'
import { REMOTE_OFFICE } from '../link/slow-link.ts'
import { test } from './support/fixtures.ts'
import { ledgerLine, NEXT_TRY, outboxEmpty, reportOf, statusLine, syncState } from './support/office-steps.ts'
import * as steps from './support/steps.ts'
import { expectTold, keepSight } from './support/telling.ts'
import { watchTruth } from './support/witness.ts'

const { words } = steps
const PHOTOS = resolve(import.meta.dirname, '../../resources/practice/photos')
const FIRST = 'Talud Kali Kwamki longsor'
const SECOND = 'Jalan Cenderawasih tergenang'
const ANSWER = 'Terima kasih atas laporan Saudara. Talud Kali Kwamki diperkuat pada 26 November, lihat foto.'

/** 64 kbit/s each way over a satellite, on a bad day. */
const BAD = { ...REMOTE_OFFICE, bytesPerSecond: 8000, stallShare: 0.03 }

// Verifies SYNC-01, SYNC-02, SYNC-03, SYNC-05, APPR-01
test('at 64 kbit/s with stalls, cuts, half bodies, doubled deliveries, a login page and an outage, all arrives once', async ({
  citizen,
  farPcOf,
}) => {
  test.setTimeout(300_000)
  const form = { service_code: 'drainase-banjir', description: `${FIRST}. Rumah di tepi kali terancam.` }
  const number = await citizen.file(form)
  const clerk = await farPcOf('petugas', steps.CLERK)
  const supervisor = await farPcOf('atasan', steps.SUPERVISOR)
  const both = [clerk, supervisor] as const
  const witnesses = await Promise.all(both.map(({ page }) => watchTruth(page)))
  await steps.openReport(clerk, FIRST)
  for (const desk of both) await outboxEmpty(desk)
  for (const { line } of both) line.change(BAD)

  // The citizen's words come before the citizen's photo, and nobody has to ask for them.
  const photo = await readFile(resolve(PHOTOS, 'genangan-1.jpg'))
  await citizen.file({ service_code: 'jalan-rusak', description: `${SECOND}. Motor mogok.` }, photo)
  await steps.goTo(clerk, 'all')
  await clerk.page.getByRole('option', { name: SECOND }).click(NEXT_TRY)
  await expect(clerk.page.getByRole('heading', { name: SECOND })).toBeVisible()
  await keepSight(clerk, 'teks-sebelum-foto')

  // Each way of losing a request or its answer, once: until a receipt is here the act waits.
  await steps.openReport(clerk, FIRST)
  await steps.verifyByKeyboard(clerk)
  const unsent = async () => expect(await syncState(clerk)).toMatchObject({ queued: 1, phase: 'exchanging' })
  const suffered = ['cut_request', 'lost_answer', 'cut_answer', 'half_coding', 'twice'] as const
  const faults = Promise.all(suffered.map((fault) => clerk.gate.next(fault, 'acts', unsent)))
  await steps.syncNow(clerk)
  await expect(statusLine(clerk)).toContainText(words.frame.sync.exchanging)
  await keepSight(clerk, 'sedang-menyinkronkan')
  await faults
  await outboxEmpty(clerk)
  const verified = ledgerLine(clerk, words['sync-center'].kind.report.verify)
  // Not as often as there were faults: Chromium itself sends a request again when a kept connection breaks without a word.
  await expect(verified).toContainText(/[2-5] kali dicoba/)

  // A photo on its way up, cut off in the middle once; meanwhile nothing is called sent.
  await steps.openReport(clerk, FIRST)
  const cut = clerk.gate.next('cut_request', 'file')
  await steps.attach(clerk, [resolve(PHOTOS, 'got-tersumbat-1.jpg')])
  await steps.answer(clerk, ANSWER)
  await steps.syncNow(clerk)
  await cut
  expect((await syncState(clerk)).queued).toBe(1)
  await outboxEmpty(clerk)

  // A login page on one side, nothing at all on the other: both go on working.
  await expect.poll(async () => (await reportOf(supervisor, number)).replies.length, NEXT_TRY).toBe(1)
  await steps.goTo(supervisor, 'approval')
  const seen = supervisor.page.getByRole('img', { name: 'got-tersumbat-1.jpg' }).first()
  await expect(seen).toBeVisible(NEXT_TRY)
  await expect
    .poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth), NEXT_TRY)
    .toBeGreaterThan(50)
  supervisor.gate.set('portal')
  clerk.line.refuse(true)
  clerk.line.reset()
  await steps.approve(supervisor, ANSWER)
  await steps.syncNow(supervisor)
  await expect.poll(async () => (await syncState(supervisor)).problem).toBe('login_page')
  await expectTold(supervisor, 'login_page')
  await keepSight(supervisor, 'halaman-masuk')
  expect(await citizen.updates(number)).toEqual([])
  await steps.openReport(clerk, SECOND)
  await steps.verifyByKeyboard(clerk)
  await steps.syncNow(clerk)
  await expect.poll(async () => (await syncState(clerk)).phase).toBe('offline')
  await expectTold(clerk, 'hub_unreachable')
  await expect(statusLine(clerk)).toContainText('1 antre')
  await keepSight(clerk, 'terputus')

  // Healed: nobody presses anything, every outbox empties, and everything was done exactly once.
  supervisor.gate.set('open')
  clerk.line.refuse(false)
  for (const desk of both) await outboxEmpty(desk)
  expect((await citizen.updates(number)).map((update) => update.description)).toEqual([ANSWER])
  for (const desk of both) {
    await expect.poll(async () => (await reportOf(desk, number)).state.state, NEXT_TRY).toBe('resolved')
    const { entries, replies } = await reportOf(desk, number)
    const acts = entries.map((entry) => entry.action)
    for (const action of ['verify', 'submit_reply', 'approve_reply'])
      expect(acts.filter((one) => one === action)).toHaveLength(1)
    expect(replies).toMatchObject([{ state: 'published', body: ANSWER, revision: 1 }])
  }
  await keepSight(clerk, 'pulih-petugas')
  await keepSight(supervisor, 'pulih-atasan')
  for (const witness of witnesses) await witness.expectTruth()
})
