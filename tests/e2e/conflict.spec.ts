import { expect, type Page } from '@playwright/test'
import { test } from './support/fixtures.ts'
import { ledgerLine, outboxEmpty, reportOf, statusLine, syncState } from './support/office-steps.ts'
import { core } from './support/practice.ts'
import * as steps from './support/steps.ts'

const { words } = steps
const sync = words['sync-center']
const HIGH = '3'
const LOW = '1'

/** P, a digit, Enter: sets the priority of the open report. */
async function prioritise(page: Page, digit: string): Promise<void> {
  await page.keyboard.press('p')
  await expect(page.getByRole('form', { name: words.report.action.prioritise })).toBeVisible()
  await page.keyboard.press(digit)
  await page.keyboard.press('Enter')
  await expect(page.getByText(words.report.done.prioritise).first()).toBeVisible()
}

// Verifies SYNC-07
test('the same field changed on two PCs waits for a person, who sees both versions and chooses', async ({
  citizen,
  pcOf,
}) => {
  const subjects = ['Lubang di Jalan Cenderawasih', 'Lubang di Jalan Hasanuddin']
  const numbers: string[] = []
  for (const subject of subjects)
    numbers.push(
      await citizen.file({ service_code: 'jalan-rusak', description: `${subject}. Dalam sekali.` }),
    )
  const clerk = await pcOf('petugas', steps.CLERK)
  const supervisor = await pcOf('atasan', steps.SUPERVISOR)
  for (const [desk, digit] of [
    [clerk, HIGH],
    [supervisor, LOW],
  ] as const) {
    await steps.openReport(desk, subjects[1]!)
    desk.gate.set('closed')
    await prioritise(desk.page, digit)
    await steps.openReport(desk, subjects[0]!)
    await prioritise(desk.page, digit)
  }
  clerk.gate.set('open')
  await steps.syncNow(clerk)
  await outboxEmpty(clerk)

  supervisor.gate.set('open')
  await steps.syncNow(supervisor)
  await expect.poll(async () => (await syncState(supervisor)).needsPerson).toBe(2)
  await expect(statusLine(supervisor)).toContainText('2 perlu keputusan Anda')
  const line = (subject: string) => ledgerLine(supervisor, subject)
  for (const subject of subjects) {
    await expect(line(subject)).toContainText(sync.state.conflict)
    const row = line(subject).getByRole('row', { name: sync.field.priority })
    await expect(row.getByRole('cell').nth(0)).toHaveText(words.common.priority.low)
    await expect(row.getByRole('cell').nth(1)).toHaveText(words.common.priority.high)
  }
  // Nothing was overwritten while nobody decided.
  for (const number of numbers) expect((await reportOf(clerk, number)).state.priority).toBe('high')

  await line(subjects[0]!).getByRole('button', { name: sync.conflict.keepHub }).click()
  await expect(supervisor.page.getByText(sync.conflict.keptHub).first()).toBeVisible()
  await line(subjects[1]!).getByRole('button', { name: sync.conflict.keepMine }).click()
  await expect(supervisor.page.getByText(sync.conflict.keptMine).first()).toBeVisible()
  await outboxEmpty(supervisor)
  await steps.syncNow(clerk)
  const wanted = ['high', 'low']
  for (const desk of [clerk, supervisor])
    for (const [index, number] of numbers.entries())
      await expect.poll(async () => (await reportOf(desk, number)).state.priority).toBe(wanted[index])
  const acts = await Promise.all(
    numbers.map(async (number) => {
      const { entries } = await reportOf(clerk, number)
      return entries.filter((entry) => entry.action === 'prioritise').length
    }),
  )
  expect(acts).toEqual([1, 2])
})

// Verifies SYNC-07
test('different fields changed on two PCs merge without a question', async ({ citizen, pcOf }) => {
  const subject = 'Tembok penahan di SP2 miring'
  const number = await citizen.file({ service_code: 'bangunan-ruang', description: `${subject}. Retak.` })
  const clerk = await pcOf('petugas', steps.CLERK)
  const supervisor = await pcOf('atasan', steps.SUPERVISOR)
  await steps.openReport(clerk, subject)
  await steps.openReport(supervisor, subject)
  clerk.gate.set('closed')
  supervisor.gate.set('closed')
  await prioritise(clerk.page, HIGH)
  await supervisor.page.keyboard.press('a')
  await expect(supervisor.page.getByRole('form', { name: words.report.action.assign })).toBeVisible()
  await supervisor.page.keyboard.press('Enter')
  await expect(supervisor.page.getByText(words.report.done.assign).first()).toBeVisible()

  for (const desk of [clerk, supervisor]) {
    desk.gate.set('open')
    await steps.syncNow(desk)
    await outboxEmpty(desk)
  }
  await steps.syncNow(clerk)
  for (const desk of [clerk, supervisor])
    await expect
      .poll(async () => {
        const { state, assigneeName, outbox } = await reportOf(desk, number)
        return [state.priority, assigneeName, outbox.length]
      })
      .toEqual(['high', expect.stringContaining(steps.SUPERVISOR), 0])
})

// Verifies SYNC-01, SYNC-04, APPR-02
test('an approval the hub refuses stays in sight with its reason, and publishes nothing', async ({
  citizen,
  pcOf,
}) => {
  const subject = 'Pipa air bersih di Kwamki bocor'
  const answer = 'Terima kasih. Pipa di Kwamki disambung kembali pada 23 November.'
  const number = await citizen.file({ service_code: 'air-bersih', description: `${subject}. Air terbuang.` })
  const clerk = await pcOf('petugas', steps.CLERK)
  await steps.openReport(clerk, subject)
  await steps.verifyByKeyboard(clerk)
  await steps.answer(clerk, answer)
  await steps.syncNow(clerk)
  await outboxEmpty(clerk)
  const supervisor = await pcOf('atasan', steps.SUPERVISOR)
  await expect.poll(async () => (await reportOf(supervisor, number)).replies.length).toBe(1)
  supervisor.gate.set('closed')
  await steps.approve(supervisor, answer)

  await steps.openReport(clerk, subject)
  await clerk.page.keyboard.press('r')
  await clerk.page.getByRole('button', { name: words.reply.withdraw }).click()
  await expect(clerk.page.getByText(words.reply.withdrawn_done).first()).toBeVisible()
  await steps.syncNow(clerk)
  await outboxEmpty(clerk)

  supervisor.gate.set('open')
  await steps.syncNow(supervisor)
  await expect.poll(async () => (await syncState(supervisor)).needsPerson).toBe(1)
  const refused = ledgerLine(supervisor, sync.kind.reply.approve)
  await expect(refused).toContainText(sync.state.conflict)
  await expect(refused.locator('.ledger-reason')).toHaveText(sync.reason.wrong_state)
  await expect(refused.getByRole('row', { name: sync.field.state })).toContainText(
    words.common.replyState.withdrawn,
  )
  // Insisting does not help: what was withdrawn cannot be approved.
  await refused.getByRole('button', { name: sync.conflict.keepMine }).click()
  await expect(refused).toContainText(sync.state.rejected)
  await expect(refused.locator('.ledger-reason')).toHaveText(sync.reason.wrong_state)
  expect(await citizen.updates(number)).toEqual([])
  expect((await reportOf(supervisor, number)).replies[0]).toMatchObject({ state: 'withdrawn' })

  // Only a person lets it go.
  await refused.getByRole('button', { name: sync.discard }).click()
  await supervisor.page.getByRole('alertdialog').getByRole('button', { name: sync.discard }).click()
  await expect(supervisor.page.getByText(sync.discarded).first()).toBeVisible()
  await outboxEmpty(supervisor)
  expect(await citizen.updates(number)).toEqual([])
})

// Verifies SYNC-06, DRAFT-01
test('a report handed to another agency leaves both PCs; the draft on it stays readable', async ({
  citizen,
  pcOf,
}) => {
  const subject = 'Tumpukan sampah menutup saluran di Pasar Sentral'
  const draft = 'Terima kasih. Kami teruskan kepada dinas yang berwenang, mohon menunggu.'
  const reason = 'Sampah pasar ditangani Dinas Lingkungan Hidup.'
  const number = await citizen.file({ service_code: 'drainase-banjir', description: `${subject}. Bau.` })
  const clerk = await pcOf('petugas', steps.CLERK)
  const supervisor = await pcOf('atasan', steps.SUPERVISOR)
  await steps.openReport(clerk, subject)
  await steps.verifyByKeyboard(clerk)
  await clerk.page.keyboard.press('r')
  await clerk.page.getByRole('textbox', { name: words.reply.body }).fill(draft)
  await expect(clerk.page.locator('.reply-save[data-state=saved]')).toBeVisible()
  await steps.openReport(clerk, subject)
  await clerk.page.keyboard.press('w')
  const form = clerk.page.getByRole('form', { name: words.report.action.propose_referral })
  await form.getByRole('button', { name: words.report.form.agency }).click()
  await clerk.page.getByRole('option', { name: 'Dinas Lingkungan Hidup' }).click()
  await form.getByLabel(words.report.form.reason).fill(reason)
  await form.getByRole('button', { name: words.report.action.propose_referral }).click()
  await expect(clerk.page.getByText(words.report.done.propose_referral).first()).toBeVisible()
  await steps.syncNow(clerk)
  await outboxEmpty(clerk)

  await steps.syncNow(supervisor)
  await steps.goTo(supervisor, 'approval')
  await supervisor.page.getByRole('tab', { name: words.approval.proposals }).click()
  await expect(supervisor.page.getByText(reason)).toBeVisible()
  await supervisor.page.getByRole('button', { name: words.approval.proposal.approve }).click()
  await supervisor.page
    .locator('[role=dialog], [role=alertdialog]')
    .getByRole('button', { name: words.approval.proposal.approve })
    .click()
  await expect(supervisor.page.getByText(words.approval.proposal.approved).first()).toBeVisible()
  await steps.syncNow(supervisor)
  await outboxEmpty(supervisor)
  await steps.syncNow(clerk)
  for (const desk of [clerk, supervisor]) {
    await expect.poll(async () => (await core(desk.page, 'reports.find', { q: number })).reportId).toBeNull()
    await steps.goTo(desk, 'all')
    await expect(desk.page.getByRole('option', { name: subject })).toHaveCount(0)
  }
  expect(await citizen.everything(number)).toContain('Dinas Lingkungan Hidup')

  await steps.goTo(clerk, 'sync-center')
  const orphans = clerk.page.getByRole('region', { name: sync.group.orphaned })
  await expect(orphans).toContainText(draft)
  await expect(orphans).toContainText(sync.reason.reassigned)
  await expect(orphans.getByRole('button', { name: sync.copyText })).toBeVisible()
})
