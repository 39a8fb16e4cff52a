import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { ErrorCode } from '../../shared/ipc/errors.ts'
import {
  damageTable,
  dataDirOf,
  dropCopies,
  mountSmallDisk,
  openAsAnotherProgram,
  setAsideIn,
} from './support/desk-disk.ts'
import { test } from './support/fixtures.ts'
import { outboxEmpty, reportOf, syncState } from './support/office-steps.ts'
import { core } from './support/practice.ts'
import * as steps from './support/steps.ts'
import { keepSight } from './support/telling.ts'

const { words } = steps
const SUBJECT = 'Trotoar di Jalan Belibis amblas'
const FORM = { service_code: 'jalan-rusak', description: `${SUBJECT}. Anak sekolah lewat sini.` }
const DRAFT = 'Terima kasih atas laporan Saudara. Trotoar di Jalan Belibis diperbaiki pada 26 November.'
const newFolder = (name: string) => mkdtemp(join(tmpdir(), `meja-e2e-${name}-`))

/** What happened, what is safe, what to do: all three in words on the screen that says so. */
async function expectBroken(page: Page, code: ErrorCode): Promise<void> {
  const said = page.getByRole('alert').filter({ hasText: words.onboarding.brokenTitle })
  for (const part of Object.values(words.errors[code])) await expect(said).toContainText(part)
  await expect(said).toContainText(words.common.codeToQuote.replace('{{code}}', code))
}

async function writeDraft(page: Page, text: string): Promise<void> {
  await page.keyboard.press('r')
  await page.getByRole('textbox', { name: words.reply.body }).fill(text)
  await expect(page.locator('.reply-save[data-state=saved]')).toBeVisible()
}

const password = (page: Page) => page.getByLabel(words.onboarding.password.replace('{{name}}', ''))
const enter = (page: Page) => page.getByRole('button', { name: words.onboarding.signIn, exact: true })

// Verifies SYNC-01, SYNC-02, SYNC-03, DRAFT-01
test('a damaged database is named and rebuilt; the old file, the draft and the queue are kept', async ({
  citizen,
  pcOf,
  launch,
}) => {
  const number = await citizen.file(FORM)
  const before = await pcOf('rusak', steps.CLERK)
  await steps.openReport(before, SUBJECT)
  before.gate.set('closed')
  await steps.verifyByKeyboard(before)
  await writeDraft(before.page, DRAFT)
  await before.kill()
  dropCopies(before.userData)
  const damaged = await damageTable(before.userData, 'm_rows')

  const { page, ...desk } = await launch('rusak', { userData: before.userData })
  await page.getByRole('button', { name: steps.CLERK }).click()
  await password(page).fill(steps.PASSWORD)
  await enter(page).click()
  await expectBroken(page, 'db_corrupt')
  await page.getByRole('button', { name: words.onboarding.rebuild }).click()
  await page
    .locator('[role=dialog], [role=alertdialog]')
    .getByRole('button', { name: words.onboarding.rebuild })
    .click()
  await expect(page.getByRole('heading', { name: words.onboarding.signInTitle })).toBeVisible()
  expect(setAsideIn(before.userData).map(({ database }) => database.equals(damaged))).toEqual([true])

  before.gate.set('open')
  const after = { page, ...desk }
  await steps.signIn(after, steps.CLERK)
  const said = page.locator('.frame-recovery')
  const recovery = words.frame.recovery
  for (const part of [
    recovery.hub,
    '1 pekerjaan yang menunggu hub, 1 draf',
    recovery.nothingLost,
    recovery.log,
  ])
    await expect(said).toContainText(part)
  await keepSight(after, 'tangga-3')
  await said.getByRole('button', { name: recovery.seen }).click()
  await expect(said).toHaveCount(0)
  await steps.syncNow(after)
  await outboxEmpty(after)
  await steps.openReport(after, SUBJECT)
  await page.getByRole('button', { name: words.report.continueDraft }).first().click()
  await expect(page.getByRole('textbox', { name: words.reply.body })).toHaveValue(DRAFT)
  const { state, entries } = await reportOf(after, number)
  expect(state.state).toBe('verified')
  expect(entries.filter((entry) => entry.action === 'verify')).toHaveLength(1)
})

test('a data folder that cannot be written is named; once it can, "Periksa lagi" is enough', async ({
  launch,
}) => {
  const userData = await newFolder('folder')
  await writeFile(dataDirOf(userData), 'bukan folder')
  const { page } = await launch('folder', { userData })
  await expectBroken(page, 'folder_not_writable')
  await expect(page.getByRole('alert')).toContainText(dataDirOf(userData))
  const again = page.getByRole('button', { name: words.onboarding.checkAgain })
  await again.click()
  await expectBroken(page, 'folder_not_writable')
  await rename(dataDirOf(userData), join(userData, 'bukan-data'))
  await again.click()
  await expect(page.getByRole('button', { name: words.onboarding.chooseEnrol })).toBeVisible()
})

test('a database that another program holds is named, and the act works once it is let go', async ({
  citizen,
  pcOf,
}) => {
  const number = await citizen.file(FORM)
  const desk = await pcOf('terkunci', steps.CLERK)
  const { page } = desk
  await steps.openReport(desk, SUBJECT)
  await outboxEmpty(desk)
  const other = await openAsAnotherProgram(desk.userData)
  try {
    other.exec('BEGIN IMMEDIATE')
    await page.keyboard.press('v')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    const form = page.getByRole('form', { name: words.report.action.verify })
    for (const part of Object.values(words.errors.db_busy)) await expect(form).toContainText(part)
    expect((await reportOf(desk, number)).state.state).toBe('received')
    other.exec('ROLLBACK')
    await form.getByRole('button', { name: words.report.action.verify }).click()
    await expect(page.getByText(words.report.done.verify).first()).toBeVisible()
  } finally {
    other.close()
  }
  await steps.syncNow(desk)
  await outboxEmpty(desk)
  expect((await reportOf(desk, number)).state.state).toBe('verified')
})

// Mounting needs root: elsewhere the core's own test of a full database (tests/core/accounts) stands alone.
const probe = await newFolder('mount')
const mountable = mountSmallDisk(probe, 1)
mountable?.unmount()
await rm(probe, { recursive: true, force: true })

if (mountable)
  // Verifies SYNC-01, DRAFT-01
  test('a full disk is named; what was saved stays, and what was typed is saved once there is room', async ({
    hub,
    citizen,
    launch,
  }) => {
    const number = await citizen.file(FORM)
    const userData = await newFolder('penuh')
    await mkdir(dataDirOf(userData))
    const disk = mountSmallDisk(dataDirOf(userData), 12)!
    try {
      const desk = await launch('penuh', { userData })
      const { page } = desk
      // Too full to begin: said before the code is spent, so that the same code works afterwards.
      disk.fill()
      await page.getByRole('button', { name: words.onboarding.chooseEnrol }).click()
      await page.getByLabel(words.onboarding.address).fill(hub.url)
      await page.getByLabel(words.onboarding.code).fill(await hub.enrolCode('PUPR'))
      await page.getByLabel(words.onboarding.deviceName).fill('PC penuh')
      const enrol = page.getByRole('button', { name: words.onboarding.enrol, exact: true })
      await enrol.click()
      await expect(page.getByText(words.errors.disk_full.what)).toBeVisible()
      disk.free()
      await enrol.click()
      await steps.signIn(desk, steps.CLERK)
      await steps.openReport(desk, SUBJECT)
      await outboxEmpty(desk)
      await steps.verifyByKeyboard(desk)
      await writeDraft(page, DRAFT)

      disk.fill()
      const editor = page.getByRole('textbox', { name: words.reply.body })
      const long = `${DRAFT} ${'Bahan diangkut dari Pelabuhan Pomako. '.repeat(500)}`.slice(0, 19_000)
      await editor.fill(long)
      await expect(page.getByText(words.reply.save.failed)).toBeVisible()
      await expect(editor).toHaveValue(long)
      const kept = await core(page, 'drafts.mine', {})
      expect(kept.map((draft) => draft.body)).toEqual([DRAFT])

      disk.free()
      await page.getByRole('button', { name: words.reply.save.tryNow }).click()
      await expect(page.locator('.reply-save[data-state=saved]')).toBeVisible()
      expect((await core(page, 'drafts.mine', {})).map((draft) => draft.body)).toEqual([long])
      await steps.syncNow(desk)
      await outboxEmpty(desk)
      expect((await syncState(desk)).problem).toBeNull()
      const { entries } = await reportOf(desk, number)
      expect(entries.filter((entry) => entry.action === 'verify')).toHaveLength(1)
      await desk.close()
    } finally {
      disk.unmount()
    }
  })
