import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { getMeta } from '../../electron/core/db/meta.ts'
import type { Db } from '../../electron/hub/db/engine.ts'
import { ailing, checkAlive, checkEnd } from './check-end.ts'
import { checkDesk } from './check-desk.ts'
import { watchCommits } from './check-hub.ts'
import { boot, createDeskNode, shut, withDisk } from './desk-node.ts'
import { fileStore, memoryStore } from './desk-store.ts'
import { START, startHubNode, type HubTemplate } from './hub-node.ts'
import { createPeople, type People } from './people.ts'
import type { Plan } from './plan.ts'
import { drawFrom } from './random.ts'
import { createSteps } from './steps.ts'
import { createTimeline, settleDown } from './timeline.ts'
import { createRecorder, Violation, type DeskNode, type Life, type World } from './world.ts'

/** How a run ended. */
export interface Result {
  seed: number
  violation: Violation | null
  hash: string
  counts: ReadonlyMap<string, number>
  lines: readonly string[]
  events: number
}

/** What runs share: a folder, the hub everyone starts from, and (if used) the real engine. */
export interface Ground {
  root: string
  template: HubTemplate
  database?: () => Promise<{ db: Db; template: HubTemplate }>
}

/** Longest wait between two tries of a desk, plus two idle polls. */
const HEAL_MS = 11 * 60_000

/** Longest wait between two tries after a failure, and between two looks of a desk that is up to date. */
const LONGEST_WAIT_MS = 5 * 60_000
const LONGEST_IDLE_MS = 10 * 60_000

/** How often a healed world is looked at. */
const LOOK_MS = 120_000

/** Time between two rounds of decisions. */
const DECIDE_MS = 3 * 60_000
/** Acts of one report come up for a decision one after another: what is sent once more may be refused once more. */
const MOST_ROUNDS = 60

/** Runs a plan from its start to its verdict. The same plan gives the same hash. */
export async function runPlan(ground: Ground, plan: Plan, keep = false): Promise<Result> {
  const faults = { ...plan.faults }
  const folder = join(ground.root, `run-${plan.seed}`)
  mkdirSync(folder, { recursive: true })
  let settle = () => settleDown()
  const timeline = createTimeline(START, () => settle())
  const recorder = createRecorder(plan.seed, keep, timeline.now)
  const sql = plan.engine === 'sql' ? await ground.database?.() : undefined
  const template = sql?.template ?? ground.template
  const draw = (name: string) => drawFrom(`${plan.seed}/${name}`)
  const hub = await startHubNode(template, {
    root: folder,
    draw: draw('hub'),
    clock: timeline.now,
    ...(sql ? { database: sql.db } : {}),
    log(line) {
      recorder.count(`hub.${String(line['event'])}`)
      const bug = ['mutation_failed', 'error', 'job_failed', 'bad_mutation'].includes(String(line['event']))
      if (bug) recorder.broke('BUG', JSON.stringify(line))
    },
  })
  settle = () => hub.quiet()
  const world: World = Object.assign(Object.create(recorder) as typeof recorder, {
    seed: plan.seed,
    timeline,
    hub,
    desks: [] as DeskNode[],
    faults,
    page: plan.page,
    folder,
    draw,
    hubRestored: false,
    diskCopied: false,
  })
  const people = createPeople(world, plan.theme)
  if (hub.memory) watchCommits(world, people)
  try {
    await play(world, plan, template, people)
  } catch (error) {
    // A thrown violation was noted already; anything else is a defect of the product or of the simulator.
    if (!(error instanceof Violation)) world.broke('THROWN', String((error as Error).stack).slice(0, 1500))
  } finally {
    await hub.quiet()
    for (const desk of world.desks) {
      // Its database is lent to the next run: nothing of this one may reach it any more.
      if (desk.life) desk.life.dead = true
      desk.life?.db.close()
      desk.life = null
      desk.store.close()
    }
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const { violation, counts, lines } = recorder
  return { seed: plan.seed, violation, hash: recorder.digest(), counts, lines, events: timeline.events }
}

async function play(world: World, plan: Plan, template: HubTemplate, people: People): Promise<void> {
  const { timeline } = world
  for (let i = 0; i < plan.desks; i++) {
    const name = `pc${i}`
    const store = plan.disk === 'file' ? fileStore(join(world.folder, `${name}-disk`)) : memoryStore()
    const desk = createDeskNode(world, template.devices[i]!, store, name)
    world.desks.push(desk)
    boot(world, desk, world.draw(`first/${name}`).pick(desk.enrolled.people).id)
  }
  // PCs that are never switched on would be waited for after a restore.
  const used = world.desks.map((desk) => desk.enrolled.deviceId)
  await world.hub.q('update devices set revoked_at = 1 where not (id = any($1))', [used])
  const steps = createSteps(world, people)
  for (let i = 0; i < 3; i++) await steps.report(world.draw(`report/${i}`), i)
  if (plan.theme !== 'everything') await quietMorning(world, plan, people)
  const began = timeline.now() - timeline.leapt
  for (const step of plan.steps) {
    await timeline.runUntil(Math.max(timeline.now(), began + step.at + timeline.leapt))
    await steps.take(step)
    // Every desk now and then, and one at each step: looking costs more than most steps.
    const i = plan.steps.indexOf(step)
    lookAround(world, i % 6 === 5 ? world.desks : [world.desks[i % world.desks.length]!])
    stopWhenBroken(world)
  }
  await timeline.runUntil(Math.max(timeline.now(), began + plan.span + timeline.leapt))
  stopWhenBroken(world)
  await heal(world)
  await decide(world, people)
  stopWhenBroken(world)
  await checkEnd(world, people)
  await traceEnd(world)
}

/** Before the faults begin: reports are verified, and where letters are the theme there are answers to quote. */
async function quietMorning(world: World, { theme, faults }: Plan, people: People): Promise<void> {
  const { timeline } = world
  for (const key of Object.keys(world.faults) as (keyof typeof faults)[]) world.faults[key] = 0
  await timeline.runUntil(timeline.now() + 30_000)
  for (const desk of world.desks) await people.prepare(desk, world.draw(`prepare/${desk.name}`))
  await timeline.runUntil(timeline.now() + 20_000)
  for (const name of theme === 'letters' ? (['write', 'decide', 'letter'] as const) : []) {
    for (const desk of world.desks) await people.act(desk, world.draw(`morning/${desk.name}/${name}`), name)
    await timeline.runUntil(timeline.now() + 20_000)
  }
  Object.assign(world.faults, faults)
}

/** Looks at every desk while nothing moves. */
function lookAround(world: World, desks: readonly DeskNode[] = world.desks): void {
  for (const desk of desks) {
    const { life } = desk
    if (!life || life.dead) continue
    withDisk(desk, (db) => checkDesk(world, desk, db))
    checkPatience(world, desk, life)
    if (life.db.trespasses > 0) world.broke('PRIV-01', `${desk.name} used its database after it was closed`)
  }
}

/** SYNC-04: a desk tries again within minutes, unless a server named its own wait; a success ends the doubling. */
function checkPatience(world: World, desk: DeskNode, { open }: Life): void {
  const { nextTryAt, asked, phase, attempt } = open.engine.state()
  if (phase === 'idle' && attempt > 0)
    world.broke('SYNC-04', `${desk.name} still counts ${attempt} failed tries`)
  // Where the PC's clock was moved, the time that a timer was set for says nothing.
  if (nextTryAt === null || asked || desk.skew !== 0) return
  const wait = nextTryAt - world.timeline.now()
  const longest = phase === 'idle' ? LONGEST_IDLE_MS : LONGEST_WAIT_MS
  if (wait > longest) world.broke('SYNC-04', `${desk.name} (${phase}) tries again only in ${wait} ms`)
}

/** The faults end: every link is up, every PC on, every clock as wrong as it was. */
async function heal(world: World): Promise<void> {
  const { timeline, faults, desks, hub } = world
  world.trace('heal')
  for (const key of Object.keys(faults) as (keyof typeof faults)[]) faults[key] = 0
  if (hub.memory) hub.memory.dieAtCommit = null
  if (hub.down) hub.restart()
  for (const desk of desks) {
    desk.link.downUntil = 0
    if (desk.life) Object.assign(desk.life.db, { dieAtWrite: 0, dieAfterCommit: 0 })
    else boot(world, desk, desk.personId)
  }
  const since = timeline.now()
  // Long before the last moment most worlds are well again; waiting on would only be idle polls.
  while (timeline.now() < since + HEAL_MS) {
    await timeline.runUntil(Math.min(since + HEAL_MS, timeline.now() + LOOK_MS))
    if (desks.every((desk) => ailing(world, desk, since) === null) && (await allCaughtUp(world))) break
  }
  for (const desk of desks) checkAlive(world, desk, since)
  lookAround(world)
}

async function allCaughtUp({ hub, desks }: World): Promise<boolean> {
  const feeds = await hub.q<{ id: string; head: number }>('select agency_id as id, head from agency_feed')
  const heads = new Map(feeds.map(({ id, head }) => [id, head]))
  return desks.every((desk) => {
    const cursor = getMeta(desk.life!.db as never, 'cursor')
    return Number(cursor?.split('.')[1]) === Number(heads.get(desk.record.device.agencyId))
  })
}

/** Each person with something undecided sits down once more. */
async function decide(world: World, people: People): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let undecided = false
    for (const desk of world.desks) {
      const rows = desk.life!.db.all<{ personId: string; state: string }>(
        `SELECT DISTINCT person_id AS personId, state FROM outbox WHERE state NOT IN ('applied','discarded')`,
      )
      if (rows.length === 0) continue
      undecided = true
      const absent = rows.find((row) => row.state === 'signed_out' && row.personId !== desk.personId)
      if (absent) {
        shut(world, desk)
        boot(world, desk, absent.personId)
      }
      await people.decideAll(desk, world.draw(`decide/${desk.name}/${round}`))
      void desk.life?.open.engine.now(1000)
    }
    if (!undecided) break
    await world.timeline.runUntil(world.timeline.now() + DECIDE_MS)
    stopWhenBroken(world)
  }
}

/** The end state is part of the hash: a run that only looks the same is not the same. */
async function traceEnd(world: World): Promise<void> {
  for (const desk of world.desks) {
    const { n } = desk.life!.db.get<{ n: number }>('SELECT count(*) AS n FROM audit')!
    const { hash } = desk.life!.db.get<{ hash: string }>('SELECT hash FROM audit ORDER BY n DESC LIMIT 1')!
    world.trace(`end ${desk.name} ${n} ${hash} ${getMeta(desk.life!.db as never, 'cursor')}`)
  }
  const rows = await world.hub.q<{ text: string }>(
    `select agency_id || kind || entity_id || seq || version as text from agency_item order by agency_id, seq`,
  )
  world.trace(`end hub ${rows.map((row) => row.text).join(' ')}`)
}

function stopWhenBroken(world: World): void {
  if (world.violation) throw world.violation
}
