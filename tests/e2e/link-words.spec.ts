import { resolve } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './support/fixtures.ts'
import { ledgerLine, outboxEmpty, reportOf, statusLine, syncState } from './support/office-steps.ts'
import * as steps from './support/steps.ts'
import { badge, expectTold, keepSight } from './support/telling.ts'

const { words } = steps
const sync = words['sync-center']
const SUBJECT = 'Gorong-gorong di Jalan Yos Sudarso ambruk'
const ANSWER = 'Terima kasih. Gorong-gorong di Jalan Yos Sudarso diganti pada 25 November, lihat foto.'
const PHOTO = resolve(import.meta.dirname, '../../resources/practice/photos/got-tersumbat-1.jpg')

/** Who may answer in the hub's place, and what that is for a person; neighbours differ, so that each is seen to come. */
const STRANGERS = [
  ['portal', 'login_page'],
  ['half_coding', 'hub_unreachable'],
  ['moved', 'redirected'],
  ['short_answer', 'hub_unreachable'],
  ['network_511', 'network_login'],
  ['gateway_502', 'hub_unreachable'],
  ['gate_401', 'gate_login'],
  ['proxy_407', 'proxy_login'],
] as const

// Verifies SYNC-01, SYNC-05
test('whoever answers in place of the hub is told apart in words, and so is a hub that gives no receipt', async ({
  citizen,
  pcOf,
}) => {
  const form = { service_code: 'drainase-banjir', description: `${SUBJECT}. Mobil tidak bisa lewat.` }
  const number = await citizen.file(form)
  const desk = await pcOf('kata', steps.CLERK)
  await steps.openReport(desk, SUBJECT)
  await steps.verifyByKeyboard(desk)

  // The hub takes no files: the answer with its photo waits, and everything else goes.
  desk.gate.set('hub_full', 'file')
  await steps.attach(desk, [PHOTO])
  await steps.answer(desk, ANSWER)
  await steps.syncNow(desk)
  const waiting = { phase: 'idle', problem: null, queued: 1 }
  await expect.poll(() => syncState(desk)).toMatchObject(waiting)
  await expect(ledgerLine(desk, sync.kind.report.verify)).toContainText(sync.state.applied)
  await expect(statusLine(desk)).toContainText('1 antre')
  const proven = (await syncState(desk)).lastSyncedAt

  for (const [fault, problem] of STRANGERS) {
    desk.gate.set(fault)
    await steps.syncNow(desk)
    await expect
      .poll(() => syncState(desk), fault)
      .toMatchObject({ problem, lastSyncedAt: proven, queued: 1, phase: 'offline' })
    await expectTold(desk, problem)
    const notSent = sync.triedAt.split(' {{')[0]!
    await expect(ledgerLine(desk, sync.kind.reply.submit)).toContainText(notSent)
    await keepSight(desk, fault)
  }

  // Back at a hub that answers and never acknowledges: said as soon as waiting means nothing any more.
  desk.gate.set('open')
  desk.gate.set('hub_full', 'file')
  await expect(async () => {
    await steps.syncNow(desk)
    await expect.poll(async () => (await syncState(desk)).problem, { timeout: 2000 }).toBe('sync_stuck')
  }).toPass({ timeout: 90_000 })
  await expectTold(desk, 'sync_stuck')
  await keepSight(desk, 'macet')

  desk.gate.set('open')
  await steps.syncNow(desk)
  await outboxEmpty(desk)
  expect((await syncState(desk)).lastSyncedAt).toBeGreaterThan(proven!)
  await expect(badge(desk)).toContainText(words.frame.sync.synced.split(' {{')[0]!)
  await expect(desk.page.locator('.sync-trouble')).toHaveCount(0)
  const acts = (await reportOf(desk, number)).entries.map((entry) => entry.action)
  expect(acts.filter((action) => action === 'submit_reply')).toHaveLength(1)
  await keepSight(desk, 'pulih')
})
