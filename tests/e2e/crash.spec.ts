import { expect } from '@playwright/test'
import { test } from './support/fixtures.ts'
import { leased, NEXT_TRY, outboxEmpty, reportOf, syncState } from './support/office-steps.ts'
import * as steps from './support/steps.ts'

const { words } = steps
const SUBJECT = 'Saluran air di Jalan Budi Utomo tersumbat'
const ANSWER = 'Terima kasih atas laporan Saudara. Saluran di Jalan Budi Utomo dibersihkan pada 22 November.'
const FORM = { service_code: 'drainase-banjir', description: `${SUBJECT}. Air naik ke rumah.` }
const times = (list: readonly string[], wanted: string) => list.filter((one) => one === wanted).length

// Verifies SYNC-01, SYNC-02, APPR-01
test('a power cut between approval and sync: the approval counts once after an offline sign-in', async ({
  hub,
  citizen,
  pcOf,
  launch,
}) => {
  const number = await citizen.file(FORM)
  const clerk = await pcOf('petugas', steps.CLERK)
  await steps.openReport(clerk, SUBJECT)
  await steps.verifyByKeyboard(clerk)
  await steps.answer(clerk, ANSWER)
  await steps.syncNow(clerk)
  await outboxEmpty(clerk)
  const before = await pcOf('atasan', steps.SUPERVISOR)
  await expect.poll(async () => (await reportOf(before, number)).replies.length).toBe(1)

  await hub.kill()
  await steps.approve(before, ANSWER)
  await before.kill()

  const after = await launch('atasan', { userData: before.userData })
  const row = after.page.getByRole('button', { name: steps.SUPERVISOR })
  await expect(row).not.toContainText(words.onboarding.unknownHere)
  await steps.signIn(after, steps.SUPERVISOR)
  await expect.poll(async () => (await syncState(after)).phase).toBe('offline')
  expect((await syncState(after)).queued).toBe(1)
  expect((await reportOf(after, number)).replies[0]).toMatchObject({ state: 'approved', body: ANSWER })

  await hub.start()
  await expect
    .poll(async () => (await citizen.updates(number)).map((update) => update.description), NEXT_TRY)
    .toEqual([ANSWER])
  await outboxEmpty(after)
  await steps.syncNow(after)
  await steps.syncNow(clerk)
  await expect.poll(async () => (await reportOf(clerk, number)).state.state).toBe('resolved')
  const acts = (await reportOf(clerk, number)).entries.map((entry) => entry.action)
  expect(times(acts, 'approve_reply')).toBe(1)
  expect(await citizen.updates(number)).toHaveLength(1)
})

// Verifies DRAFT-01
test('a power cut while typing: every word the editor called saved is there', async ({
  citizen,
  pcOf,
  launch,
}) => {
  await citizen.file(FORM)
  const before = await pcOf('petugas', steps.CLERK)
  await steps.openReport(before, SUBJECT)
  await steps.verifyByKeyboard(before)
  await before.page.keyboard.press('r')
  const editor = before.page.getByRole('textbox', { name: words.reply.body })
  const saved = before.page.locator('.reply-save[data-state=saved]')
  await editor.fill(ANSWER)
  await expect(saved).toBeVisible()
  await editor.press('End')
  await editor.pressSequentially(' Kami juga memasang saringan di hulu.', { delay: 5 })
  await expect(saved).toBeVisible()
  const written = await editor.inputValue()
  await before.kill()

  const after = await launch('petugas', { userData: before.userData })
  await steps.signIn(after, steps.CLERK)
  await steps.openReport(after, SUBJECT)
  await after.page.getByRole('button', { name: words.report.continueDraft }).first().click()
  await expect(after.page.getByRole('textbox', { name: words.reply.body })).toHaveValue(written)
  expect(written).toBe(`${ANSWER} Kami juga memasang saringan di hulu.`)
})

for (const when of ['before', 'after'] as const) {
  // Verifies SYNC-01, SYNC-02, SYNC-03
  test(`the hub is killed ${when} it answers an exchange: nothing is lost and nothing happens twice`, async ({
    hub,
    citizen,
    pcOf,
  }) => {
    const number = await citizen.file(FORM)
    const clerk = await pcOf('petugas', steps.CLERK)
    await leased(clerk)
    await steps.openReport(clerk, SUBJECT)
    await steps.verifyByKeyboard(clerk)
    await steps.dispose(clerk, 'Bawa pompa.')
    await clerk.page.getByRole('button', { name: words.disposition.later }).click()
    const fault = when === 'before' ? 'lost_request' : 'lost_answer'
    const killed = clerk.gate.next(fault, 'acts', () => hub.kill())
    await steps.answer(clerk, ANSWER)
    await steps.syncNow(clerk)
    await killed
    await expect.poll(async () => (await syncState(clerk)).phase).toBe('offline')
    const waiting = await syncState(clerk)
    expect(waiting.queued).toBeGreaterThan(0)

    await hub.start()
    await steps.syncNow(clerk)
    await outboxEmpty(clerk)
    const supervisor = await pcOf('atasan', steps.SUPERVISOR)
    await expect.poll(async () => (await reportOf(supervisor, number)).replies.length).toBe(1)
    const seen = await reportOf(supervisor, number)
    const acts = seen.entries.map((entry) => entry.action)
    for (const action of ['verify', 'dispose', 'submit_reply']) expect(times(acts, action)).toBe(1)
    expect(seen.dispositions).toHaveLength(1)
    expect(seen.replies[0]).toMatchObject({ state: 'submitted', body: ANSWER, revision: 1 })
    expect(await citizen.updates(number)).toEqual([])
  })
}

test('quitting never waits for the hub, neither for one that refuses nor for one that is silent', async ({
  citizen,
  pcOf,
  launch,
}) => {
  await citizen.file(FORM)
  const first = await pcOf('petugas', steps.CLERK)
  await steps.openReport(first, SUBJECT)
  const quit = async (close: () => Promise<void>) => {
    const started = performance.now()
    await close()
    return performance.now() - started
  }
  first.gate.set('silent')
  await steps.verifyByKeyboard(first)
  await expect.poll(async () => (await syncState(first)).phase).toBe('exchanging')
  expect(await quit(first.close)).toBeLessThan(4000)

  first.gate.set('closed')
  const again = await launch('petugas', { userData: first.userData })
  await steps.signIn(again, steps.CLERK)
  await expect.poll(async () => (await syncState(again)).phase).toBe('offline')
  // Undone by nobody and received by nobody: it is still here.
  expect((await syncState(again)).queued).toBe(1)
  expect(await quit(again.close)).toBeLessThan(4000)
})
