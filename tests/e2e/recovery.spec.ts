import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { damageTable, dataDirOf, setAsideIn } from './support/desk-disk.ts'
import { test } from './support/fixtures.ts'
import { outboxEmpty, reportOf, syncState } from './support/office-steps.ts'
import { core } from './support/practice.ts'
import * as steps from './support/steps.ts'
import { keepSight } from './support/telling.ts'

const { words } = steps
const said = words.frame.recovery
const SUBJECT = 'Trotoar di Jalan Belibis amblas'
const DRAFT = 'Terima kasih atas laporan Saudara. Trotoar di Jalan Belibis diperbaiki pada 26 November.'

/** What a power cut can take: files of the data folder by the beginning of their name. */
function lose(userData: string, ...beginnings: string[]): void {
  for (const name of readdirSync(dataDirOf(userData)))
    if (beginnings.some((beginning) => name.startsWith(beginning))) rmSync(join(dataDirOf(userData), name))
}

const banner = (page: Page) => page.locator('.frame-recovery')
const hasCopy = (userData: string) =>
  readdirSync(dataDirOf(userData)).some((name) => /^desk\.db\.backup-[\d-]+$/.test(name))

/** The banner says all of it, and goes when somebody has read it. */
async function expectBanner(page: Page, sight: string, parts: readonly (string | RegExp)[]): Promise<void> {
  await expect(banner(page)).toBeVisible()
  for (const part of parts) await expect(banner(page)).toContainText(part)
  await keepSight({ page }, sight)
}

async function read(page: Page): Promise<void> {
  await banner(page).getByRole('button', { name: said.seen }).click()
  await expect(banner(page)).toHaveCount(0)
}

async function writeDraft(page: Page): Promise<void> {
  await page.keyboard.press('r')
  await page.getByRole('textbox', { name: words.reply.body }).fill(DRAFT)
  await expect(page.locator('.reply-save[data-state=saved]')).toBeVisible()
}

// Verifies SYNC-01, SYNC-02, DRAFT-01
test('each rung of recovery says where the data came from, what is here and what is not', async ({
  citizen,
  pcOf,
  launch,
}) => {
  test.setTimeout(240_000)
  const number = await citizen.file({ service_code: 'jalan-rusak', description: `${SUBJECT}. Licin.` })
  const first = await pcOf('pulih', steps.CLERK)
  const { userData, gate } = first
  await steps.openReport(first, SUBJECT)
  await outboxEmpty(first)
  await first.close()
  const again = async () => {
    const desk = await launch('pulih', { userData })
    await steps.signIn(desk, steps.CLERK)
    return desk
  }

  // A power cut takes the log of the database with everything since the last clean end: the journal has it.
  let desk = await again()
  await expect.poll(() => hasCopy(userData)).toBe(true)
  gate.set('closed')
  await steps.openReport(desk, SUBJECT)
  await steps.verifyByKeyboard(desk)
  await writeDraft(desk.page)
  await desk.kill()
  lose(userData, 'desk.db-wal', 'desk.db-shm')
  desk = await again()
  const here = /Ada di sini: 1 pekerjaan yang menunggu hub, 1 draf\./
  await expectBanner(desk.page, 'tangga-1', [said.wal, here, number, said.nothingLost])
  await read(desk.page)
  expect((await syncState(desk)).queued).toBe(1)

  // The file itself is damaged: the newest copy that can be read, and the journal.
  await desk.kill()
  await damageTable(userData, 'm_rows')
  desk = await again()
  const copy = said.copy.split('{{day}}')
  const folder = setAsideIn(userData)[0]!.folder
  await expectBanner(desk.page, 'tangga-2', [...copy, here, number, said.nothingLost, said.log, folder])
  expect((await core(desk.page, 'drafts.mine', {})).map((draft) => draft.body)).toEqual([DRAFT])

  // Nobody has read it yet, so the next start says it again; and what was kept is sent once.
  await desk.close()
  desk = await again()
  await expectBanner(desk.page, 'tangga-2-lagi', [...copy])
  gate.set('open')
  await steps.syncNow(desk)
  await outboxEmpty(desk)
  const { state, entries } = await reportOf(desk, number)
  expect(state.state).toBe('verified')
  expect(entries.filter((entry) => entry.action === 'verify')).toHaveLength(1)

  // Without the journal it does not claim that everything is there.
  await desk.kill()
  await damageTable(userData, 'm_rows')
  lose(userData, 'desk.journal')
  desk = await again()
  await expectBanner(desk.page, 'tangga-2-tanpa-jurnal', [
    ...said.copyAlone.split('{{day}}'),
    said.keptNone,
    ...said.noJournal.split('{{day}}'),
  ])
  await expect(banner(desk.page)).not.toContainText(said.nothingLost)
  await read(desk.page)
})
