import { expect } from '@playwright/test'
import type { DeskApp } from './support/desk-app.ts'
import { test } from './support/fixtures.ts'
import { core } from './support/practice.ts'
import * as steps from './support/steps.ts'

/** Kills of one run; more by hand: `MEJA_KILLS=100 npm run e2e -- crash-loop`. */
const KILLS = Number(process.env['MEJA_KILLS'] ?? 10)
const SUBJECTS = ['Saluran air di Jalan Budi Utomo tersumbat', 'Lampu jalan di Kwamki mati']
/** The longest that a desk works before it is killed, ms from its first acknowledged save. */
const LONGEST_MS = 600

interface Draft {
  id: string
  reportId: string
  /** What the app acknowledged last, and what it was asked for last. */
  acknowledged: string
  asked: string
}

// Verifies DRAFT-01, SYNC-01: the whole program, with its core in its own thread, and not the core alone.
test(`the app is killed ${KILLS} times while it acknowledges saves: every acknowledged word is there`, async ({
  citizen,
  pcOf,
  launch,
}) => {
  test.setTimeout(120_000 + KILLS * 45_000)
  for (const subject of SUBJECTS)
    await citizen.file({ service_code: 'drainase-banjir', description: `${subject}. Mohon dilihat.` })
  let desk: DeskApp = await pcOf('petugas', steps.CLERK)
  await expect.poll(async () => (await reports(desk)).length).toBe(SUBJECTS.length)
  const drafts: Draft[] = []
  for (const { id: reportId } of await reports(desk)) {
    const { id, body } = await save(desk, { id: null, reportId }, 'mulai')
    drafts.push({ id, reportId, acknowledged: body, asked: body })
  }
  let saves = 0
  for (let kill = 0; kill < KILLS; kill++) {
    saves += await workUntilKilled(desk, drafts, kill)
    desk = await launch('petugas', { userData: desk.userData })
    await steps.signIn(desk, steps.CLERK)
    const kept = new Map((await core(desk.page, 'drafts.mine', {})).map(({ id, body }) => [id, body]))
    for (const draft of drafts) {
      const found = kept.get(draft.id)
      // A save that nobody was told of happened as a whole or not at all.
      expect([draft.acknowledged, draft.asked], `after kill ${kill + 1}`).toContain(found)
      draft.acknowledged = draft.asked = found!
    }
    expect(await core(desk.page, 'audit.verify', {})).toMatchObject({ intact: true })
  }
  console.log(`${KILLS} kills of the app, ${saves} saves acknowledged, 0 lost`)
  expect(saves).toBeGreaterThanOrEqual(KILLS)
})

const reports = async ({ page }: DeskApp) => (await core(page, 'reports.list', { view: 'all' })).items

const save = ({ page }: DeskApp, { id, reportId }: { id: string | null; reportId: string }, body: string) =>
  core(page, 'drafts.save', { draftId: id, reportId, kind: 'final', body, attachments: [], replyId: null })

/** Saves both drafts over and over; answers how many saves were acknowledged before the end. */
async function workUntilKilled(desk: DeskApp, drafts: Draft[], kill: number): Promise<number> {
  let saves = 0
  const killed: Promise<void>[] = []
  let over = false
  const work = async (draft: Draft) => {
    for (let n = 0; !over; n++) {
      draft.asked = `naskah ${kill}/${n} ${'kata '.repeat(n % 300)}`
      try {
        await save(desk, draft, draft.asked)
      } catch (error) {
        // Gone in the middle of a save is what this is about; a refusal is not.
        if (!over) throw error
        return
      }
      draft.acknowledged = draft.asked
      saves++
      if (killed.length > 0) continue
      const moment = new Promise((done) => setTimeout(done, Math.random() * LONGEST_MS))
      killed.push(
        moment.then(() => {
          over = true
          return desk.kill()
        }),
      )
    }
  }
  await Promise.all(drafts.map(work))
  await Promise.all(killed)
  return saves
}
