import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EnrolResponse } from '@shared/sync/exchange.ts'
import type { DeviceRecord } from '../../electron/core/accounts/device-store.ts'
import { seat } from '../../electron/core/accounts/open-desk.ts'
import { closeDb } from '../../electron/core/db/open.ts'
import type { DeskDb } from '../../electron/core/db/open.ts'
import type { FetchAnswer, FetchRequest, Host } from '../../electron/core/host.ts'
import { httpHubClient } from '../../electron/core/hub-client/http.ts'
import { PASSWORD } from '../hub/small-regency.ts'
import { watchCursor } from './check-desk.ts'
import type { DeskStore } from './desk-store.ts'
import { HUB_URL } from './hub-node.ts'
import { createLedger } from './ledger.ts'
import { createLink } from './network.ts'
import { PDF } from './pdf.ts'
import { SimDb, type Death } from './sim-db.ts'
import type { DeskNode, Life, Link, World } from './world.ts'

/** What a desk says about itself before anyone signs in. */
function recordOf(enrolled: EnrolResponse, name: string): DeviceRecord {
  const { deviceId, deviceCode, agencyId, agencyName, hubId, people } = enrolled
  return {
    version: 1,
    device: { id: deviceId, code: deviceCode, name, agencyId, hubId, hubUrl: HUB_URL, practice: false },
    ownHub: false,
    agency: { id: agencyId, name: agencyName, shortName: agencyId, operator: false },
    zoneLabel: 'WIT',
    utcOffsetMinutes: 540,
    people: people.map(({ id, name: called, position, roles }) => ({ id, name: called, position, roles })),
  }
}

/** A PC that has not been switched on yet. */
export function createDeskNode(
  world: World,
  enrolled: EnrolResponse,
  store: DeskStore,
  name: string,
): DeskNode {
  const desk: DeskNode = {
    name,
    enrolled,
    record: recordOf(enrolled, name),
    store,
    link: undefined as unknown as Link,
    ledger: createLedger(),
    skew: 0,
    life: null,
    personId: enrolled.people[0]!.id,
    proven: new Map(),
    lastCursor: null,
  }
  desk.link = createLink(world, desk)
  return desk
}

/** Switches the PC on and seats a person. */
export function boot(world: World, desk: DeskNode, personId: string): void {
  let died = () => {}
  const whenDead = new Promise<void>((resolve) => (died = resolve))
  const life = { dead: false, closed: false, whenDead, died } as Life
  desk.life = life
  desk.personId = personId
  const { store, enrolled } = desk
  const host = hostOf(world, desk, life)
  const standIn = store.inMemory ? join(host.dataDir, 'desk.db') : null
  life.db = new SimDb(store.open(), standIn, (when) => ended(world, desk, life, when))
  life.db.onCommit = (db) => watchCursor(world, desk, db)
  const access = { url: HUB_URL, hubId: enrolled.hubId, deviceToken: enrolled.deviceToken }
  world.trace(`boot ${desk.name} ${personId.slice(-3)}`)
  if (!store.inMemory)
    world.count(desk.ledger.boots > 1 ? 'encrypted file opened again' : 'encrypted file made')
  life.open = seat(
    {
      host,
      record: desk.record,
      client: httpHubClient(host, access),
      personId,
      password: PASSWORD,
      onOffice: () => undefined,
    },
    // The class keeps its handle private; this one stands before it with the same methods.
    life.db as unknown as DeskDb,
    null,
  )
}

/** The person signs out, or the app is closed as it should be. */
export function shut(world: World, desk: DeskNode): void {
  const { life } = desk
  if (!life) return
  desk.life = null
  life.closed = true
  if (life.dead) return
  world.trace(`shut ${desk.name}`)
  life.open.close()
}

/** The process is killed. */
export function kill(world: World, desk: DeskNode): void {
  if (!desk.life || desk.life.dead) return
  world.count('desk killed')
  desk.life.db.end()
}

function ended(world: World, desk: DeskNode, life: Life, when: Death): void {
  world.count(`desk died ${when}`)
  life.dead = true
  life.died()
  world.trace(`died ${desk.name}`)
  // After the exception of a death inside a transaction has rolled it back.
  queueMicrotask(() => {
    if (desk.life !== life) return
    desk.life = null
    desk.store.cut()
  })
}

function hostOf(world: World, desk: DeskNode, life: Life): Host {
  const dataDir = join(world.folder, desk.name)
  mkdirSync(dataDir, { recursive: true })
  const draw = world.draw(`host/${desk.name}/${world.timeline.now()}/${desk.ledger.boots++}`)
  const gone = <T>() => new Promise<T>(() => undefined)
  const answer = async (request: FetchRequest): Promise<FetchAnswer> => {
    const got = await desk.link.fetch(life, request).catch((error: unknown) => {
      if (life.dead) return gone<FetchAnswer>()
      throw error
    })
    return life.dead ? gone() : got
  }
  return {
    dataDir,
    resourcesDir: dataDir,
    version: '0.0.0-sim',
    now: () => world.timeline.now() + desk.skew,
    random: draw.bytes,
    after: (ms, run) => world.timeline.after(ms, () => (life.dead ? undefined : run())),
    breathe: () => new Promise((done) => world.timeline.after(1, () => (life.dead ? undefined : done()))),
    fetch: (request) => (life.dead ? gone() : answer(request)),
    printPdf: () => {
      if (draw.chance(world.faults.deskDies)) kill(world, desk)
      return life.dead ? gone() : Promise.resolve(PDF)
    },
    printFile: () => Promise.resolve(true),
    pickFiles: () => Promise.resolve([]),
    saveFile: () => Promise.resolve(true),
    secrets: { protect: () => Promise.resolve(null), reveal: () => Promise.resolve(null) },
    startPracticeHub: () => Promise.reject(new Error('no practice here')),
    stale: () => undefined,
    log(event, data = {}) {
      world.trace(`log ${desk.name} ${event} ${JSON.stringify(data)}`)
      if (life.dead || life.closed) return
      const what = event === 'exchange' ? data['result'] : event === 'resync' ? data['reason'] : null
      world.count(typeof what === 'string' ? `desk.${event}.${what}` : `desk.${event}`)
      const bug = event === 'bug' || event === 'exchange_bug' || event === 'changes_not_understood'
      const unexpected = event === 'wish_failed' || event === 'housekeeping_failed'
      if ((bug || unexpected) && !String(data['error']).includes('DeskDied') && !life.dead)
        world.broke('BUG', `${desk.name} ${event} ${JSON.stringify(data)}`)
    },
  }
}

/** Reads a disk that no process uses. */
export function withDisk<T>(desk: DeskNode, look: (db: DeskDb) => T): T {
  if (desk.life) return look(desk.life.db as unknown as DeskDb)
  const db = desk.store.open()
  try {
    return look(db)
  } finally {
    if (!desk.store.inMemory) closeDb(db)
  }
}
