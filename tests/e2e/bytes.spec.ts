import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { OPEN_LINE, REMOTE_OFFICE } from '../link/slow-link.ts'
import { test } from './support/fixtures.ts'
import { NEXT_TRY, outboxEmpty, statusLine, syncState } from './support/office-steps.ts'
import { core } from './support/practice.ts'
import * as steps from './support/steps.ts'
import { keepSight } from './support/telling.ts'

const { words } = steps
const cost = words['sync-center'].cost
const FIRST = 'Jembatan Kali Iwaka retak'
const SECOND = 'Jalan ke Pomako amblas'
const THIRD = 'Talud Nawaripi runtuh'
const ANSWER = 'Terima kasih. Hasil pemeriksaan terlampir.'
const DAY_MS = 86_400_000

/** A scanned paper of this size; what is in it does not shrink. */
async function scan(folder: string, name: string, bytes: number): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(bytes - 9)]))
  return file
}

// Verifies SYNC-01, SYNC-05
test('an upload goes on mid-file after a restart; a day’s budget and a large pull stop files, never text, and a person lifts both', async ({
  citizen,
  farPcOf,
  pcOf,
  launch,
}) => {
  test.setTimeout(240_000)
  const folder = await mkdtemp(join(tmpdir(), 'meja-e2e-pindaian-'))
  for (const subject of [FIRST, SECOND])
    await citizen.file({ service_code: 'jembatan', description: `${subject}. Mohon diperiksa.` })
  const before = await farPcOf('pengunggah', steps.CLERK)
  const supervisor = await pcOf('pengunduh', steps.SUPERVISOR)
  await outboxEmpty(supervisor)
  await core(supervisor.page, 'sync.setDailyLimit', { bytes: 5_000_000 })

  // Cut by the power in the middle of a file on a slow line: the next start sends the rest and not the beginning.
  const small = [await scan(folder, 'berita-acara.pdf', 300_000)]
  for (const n of [1, 2, 3]) small.push(await scan(folder, `gambar-${n}.pdf`, 2_000_000))
  await steps.openReport(before, FIRST)
  await steps.verifyByKeyboard(before)
  await steps.attach(before, small)
  before.line.change(REMOTE_OFFICE)
  before.line.count(true)
  await steps.answer(before, ANSWER)
  await steps.syncNow(before)
  await expect.poll(() => before.line.count().bytesUp, NEXT_TRY).toBeGreaterThan(180_000)
  expect((await syncState(before)).queued).toBeGreaterThan(0)
  await keepSight(before, 'sedang-mengunggah')
  await before.kill()
  const sent = before.line.count(true).bytesUp
  expect(sent).toBeLessThan(290_000)
  before.line.change(OPEN_LINE)
  const clerk = await launch('pengunggah', { userData: before.userData })
  await steps.signIn(clerk, steps.CLERK)
  await outboxEmpty(clerk)
  const again = before.line.count(true).bytesUp - 6_000_000
  expect(sent + again, 'less than one and a half times the file').toBeLessThan(450_000)

  // The other PC stops at four fifths of its day, between two pieces; text still comes, and a person may lift it.
  await expect.poll(async () => (await syncState(supervisor)).bytes.paused, NEXT_TRY).toBe('budget')
  const held = (await syncState(supervisor)).bytes
  expect(held.todayFiles).toBeGreaterThan(3_500_000)
  expect(held.todayFiles).toBeLessThan(5_100_000)
  expect(held.filesWaiting).toBeGreaterThan(0)
  await citizen.file({ service_code: 'jembatan', description: `${THIRD}. Baru saja.` })
  await expect.poll(async () => (await syncState(supervisor)).hubReportCount, NEXT_TRY).toBe(3)
  await steps.goTo(supervisor, 'sync-center')
  const waiting = words.frame.sync.filesWaiting_other.replace('{{count}}', String(held.filesWaiting))
  await expect(statusLine(supervisor)).toContainText(waiting)
  const banner = supervisor.page.locator('.sync-trouble')
  await expect(banner).toContainText(cost.budget)
  await keepSight(supervisor, 'anggaran')
  const fetch = { name: new RegExp(`^${cost.fetch.split(' (')[0]}`) }
  await banner.getByRole('button', fetch).click()
  const here = { paused: null, filesWaiting: 0 }
  await expect.poll(async () => (await syncState(supervisor)).bytes, NEXT_TRY).toMatchObject(here)
  await expect(banner).toHaveCount(0)
  await supervisor.close()

  // The next day begins anew; more than 20 MB is announced before it is fetched.
  const large: string[] = []
  for (const n of [1, 2, 3]) large.push(await scan(folder, `peta-${n}.pdf`, 7_500_000))
  await steps.openReport(clerk, SECOND)
  await steps.verifyByKeyboard(clerk)
  await steps.attach(clerk, large)
  await steps.answer(clerk, ANSWER)
  await steps.syncNow(clerk)
  await outboxEmpty(clerk)
  const env = { MEJA_CLOCK_OFFSET_MS: String(DAY_MS) }
  const next = await launch('pengunduh', { userData: supervisor.userData, env })
  await steps.signIn(next, steps.SUPERVISOR)
  await core(next.page, 'sync.setDailyLimit', { bytes: 500_000_000 })
  await expect.poll(async () => (await syncState(next)).bytes.paused, NEXT_TRY).toBe('ask')
  await steps.goTo(next, 'sync-center')
  const announced = next.page.locator('.sync-trouble').filter({ hasText: cost.ask })
  await expect(announced).toContainText('3 foto atau berkas (22,5 MB) menunggu diunduh.')
  expect((await syncState(next)).bytes.todayFiles).toBe(0)
  await keepSight(next, 'pengumuman')
  await announced.getByRole('button', fetch).click()
  await expect.poll(async () => (await syncState(next)).bytes, NEXT_TRY).toMatchObject(here)
  expect((await syncState(next)).bytes.todayFiles).toBe(22_500_000)
  await rm(folder, { recursive: true, force: true })
})
