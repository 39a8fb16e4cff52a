import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@shared/ipc/errors.ts'
import type { AppStatus } from '@shared/ipc/views.ts'
import type { z } from 'zod'
import { withStorageErrors } from '../db/errors.ts'
import { suspect } from '../db/open.ts'
import type { Host } from '../host.ts'
import { httpHubClient, type HubAccess } from '../hub-client/http.ts'
import type { HubClient } from '../hub-client/port.ts'
import {
  databasePath,
  dropUnfinished,
  readDevice,
  readSecrets,
  readSlots,
  writeDevice,
  type DeviceRecord,
} from './device-store.ts'
import { enrol, enrolPractice } from './enrol.ts'
import { SLOT_COST, type SlotCost } from './key-slots.ts'
import { officeOf } from './office.ts'
import { openDesk, type OpenDesk } from './open-desk.ts'
import { askForRecovery } from './open-work.ts'
import { practicePassword } from './practice.ts'
import { setAside } from './set-aside.ts'
import { openFor } from './sign-in.ts'

type Status = z.infer<typeof AppStatus>

/** Problems that only a person's decision ends; others may pass by themselves. */
const BREAKING: ReadonlySet<string> = new Set([
  'db_corrupt',
  'db_from_future',
  'wrong_key',
  'folder_not_writable',
])
/** Nowhere: the practice hub chooses its port at each start. */
const NOT_STARTED = 'http://127.0.0.1:1'

/** This PC as an enrolled (or not yet enrolled) desk: who may sign in, who has, and what is wrong. */
export class Installation {
  readonly #host: Host
  readonly #cost: SlotCost
  #record: DeviceRecord | null = null
  #access: HubAccess | null = null
  #open: OpenDesk | null = null
  #progress: Status['progress'] = null
  #problem: Status['problem'] = null
  /** This session already works on a restored copy: damage in it asks for the next rung. */
  #copyTried = false
  #practiceHub: Promise<void> = Promise.resolve()
  /** Sign-ins and -outs one after another: two at once would open the database twice. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(host: Host, cost: SlotCost = SLOT_COST) {
    this.#host = host
    this.#cost = cost
  }

  /** The desk at which someone works, or null while locked. */
  get open(): OpenDesk | null {
    return this.#open
  }

  /** Reads what is here. Never throws: what is wrong shows in the status. */
  start(): void {
    try {
      probe(this.#host.dataDir)
      this.#record = readDevice(this.#host.dataDir)
    } catch (error) {
      this.fail(error)
    }
    if (this.#record?.ownHub) this.#startPracticeHub()
  }

  /** Forgets what was wrong and reads again what is here; the database itself is judged at the next sign-in. */
  recheck(): Promise<void> {
    return this.#inTurn(() => {
      if (this.#phase() !== 'broken') return Promise.resolve()
      this.#problem = null
      this.start()
      this.#changed()
      return Promise.resolve()
    })
  }

  status(): Status {
    const record = this.#record
    const slots = new Set(this.#problem ? [] : readSlots(this.#host.dataDir).map((slot) => slot.owner))
    return {
      phase: this.#phase(),
      version: this.#host.version,
      practice: record?.device.practice ?? false,
      agency: record?.agency ?? null,
      deviceName: record?.device.name ?? null,
      deviceCode: record?.device.code ?? null,
      hubUrl: record?.device.hubUrl ?? null,
      person: this.#open?.desk.person ?? null,
      people: (record?.people ?? []).map((person) => ({ ...person, knownHere: slots.has(person.id) })),
      progress: this.#progress,
      problem: this.#problem,
      recovery: this.#open?.unseen ?? null,
      zoneLabel: record?.zoneLabel ?? 'WIT',
      utcOffsetMinutes: record?.utcOffsetMinutes ?? 540,
    }
  }

  /** Starts a practice hub, enrols at it and signs its first clerk in. */
  startPractice(agencyId: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#require('first_run')
      await this.#settingUp('start_hub', async () => {
        const hub = await this.#host.startPracticeHub((step, done) => this.#report(step, done))
        this.#report('enrol', null)
        this.#record = await enrolPractice(this.#host, hub, agencyId)
        writeDevice(this.#host.dataDir, this.#record)
      })
      const { people } = this.#record!
      const first = people.find((person) => person.roles.includes('clerk')) ?? people[0]
      if (first) await this.#signIn(first.id, practicePassword(this.#host))
    })
  }

  /** Enrols this PC by a one-time code. */
  enrol(hubUrl: string, code: string, deviceName: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#require('first_run')
      await this.#settingUp('enrol', async () => {
        this.#record = await enrol(this.#host, hubUrl, code, deviceName)
      })
    })
  }

  /**
   * Sets aside what cannot be opened. The next sign-in restores the newest good copy or, where that has not helped,
   * makes a new database, and saves into it what journal, copies and damaged file still give.
   */
  rebuild(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#open || this.#phase() !== 'broken') throw new AppError('wrong_state')
      const { dataDir } = this.#host
      const all = this.#record === null || this.#problem?.code === 'wrong_key'
      const folder = setAside(dataDir, this.#host.now(), all)
      this.#host.log('set_aside', { all, folder: folder.slice(dataDir.length) })
      if (!all) askForRecovery(dataDir, this.#copyTried ? 'hub' : 'copy')
      this.#problem = null
      if (all) this.#record = null
      this.#changed()
    })
  }

  signIn(personId: string, password: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#require('locked')
      await this.#signIn(personId, password)
    })
  }

  signOut(): Promise<void> {
    return this.#inTurn(() => {
      this.#close()
      this.#changed()
      return Promise.resolve()
    })
  }

  /** Practice only: the same desk, another person. */
  switchPractice(personId: string): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#record?.device.practice) throw new AppError('not_allowed', 'only in practice')
      await this.#signIn(personId, practicePassword(this.#host))
    })
  }

  /** Closes within the call; what is on its way to the hub is forgotten and goes again next time. */
  stop(): void {
    this.#close()
  }

  /** Notes an error that makes the desk unusable; others are only the caller's. */
  fail(error: unknown): void {
    const code = error instanceof AppError ? error.code : 'internal'
    if (error instanceof AppError && !BREAKING.has(code)) return
    this.#close()
    if (code === 'db_corrupt') suspectDamage(this.#host.dataDir)
    this.#problem = { code, detail: this.#host.dataDir }
    this.#host.log('broken', { code })
    this.#changed()
  }

  async #signIn(personId: string, password: string): Promise<void> {
    const record = this.#record!
    if (!record.people.some((person) => person.id === personId))
      throw new AppError('not_found', 'no such person here')
    try {
      const client = await this.#client()
      const known = readSlots(this.#host.dataDir).some((slot) => slot.owner === personId)
      if (record.ownHub && !known) await this.#practiceHub
      const secrets = await readSecrets(this.#host)
      const opened = await openFor(
        { host: this.#host, client, secrets, cost: this.#cost },
        personId,
        password,
      )
      this.#close()
      const onOffice = () => this.#refreshOffice()
      const onDamage = (error: unknown) => this.fail(error)
      this.#open = openDesk({
        host: this.#host,
        record,
        client,
        personId,
        password,
        opened,
        onOffice,
        onDamage,
      })
      this.#copyTried = this.#open.recovered === 'copy'
    } catch (error) {
      this.fail(error)
      throw error
    }
    this.#refreshOffice()
    this.#changed()
  }

  async #client(): Promise<HubClient> {
    if (!this.#access) {
      const { device } = this.#record!
      const { deviceToken } = await readSecrets(this.#host)
      this.#access = { url: device.hubUrl, hubId: device.hubId, deviceToken }
    }
    return httpHubClient(this.#host, this.#access)
  }

  #startPracticeHub(): void {
    const { device } = this.#record!
    device.hubUrl = NOT_STARTED
    this.#practiceHub = this.#host
      .startPracticeHub((step, done) => this.#host.log('practice_hub', { step, done }))
      .then(
        ({ url }) => {
          device.hubUrl = url
          if (this.#access) this.#access.url = url
          this.#open?.engine.hint()
          this.#changed()
        },
        (error: unknown) => this.#host.log('practice_hub_failed', { error: String(error).slice(0, 200) }),
      )
  }

  #refreshOffice(): void {
    if (!this.#open || !this.#record) return
    const next = officeOf(this.#open.desk, this.#record)
    if (JSON.stringify(next) === JSON.stringify(this.#record)) return
    Object.assign(this.#record, next)
    writeDevice(this.#host.dataDir, this.#record)
    this.#host.stale(['app'])
  }

  async #settingUp(step: string, act: () => Promise<void>): Promise<void> {
    this.#report(step, null)
    try {
      await act()
    } catch (error) {
      if (!this.#record) dropUnfinished(this.#host.dataDir)
      throw error
    } finally {
      this.#progress = null
      this.#changed()
    }
  }

  #report(step: string, done: number | null): void {
    this.#progress = { step, done }
    this.#changed()
  }

  #phase(): Status['phase'] {
    if (this.#problem) return 'broken'
    if (this.#progress) return 'setting_up'
    if (!this.#record) return 'first_run'
    return this.#open ? 'ready' : 'locked'
  }

  #require(phase: Status['phase']): void {
    if (this.#phase() !== phase) throw new AppError('wrong_state', this.#phase())
  }

  #close(): void {
    this.#open?.close()
    this.#open = null
  }

  #changed(): void {
    this.#host.stale(['app', 'setup'])
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(act, act)
    this.#turn = mine.catch(() => undefined)
    return mine
  }
}

/** Lets the next sign-in read every page and index, which finds the damage again and climbs the ladder. */
function suspectDamage(dataDir: string): void {
  const path = databasePath(dataDir)
  if (existsSync(path)) suspect(path, 'full')
}

function probe(dataDir: string): void {
  const file = join(dataDir, '.tulis')
  withStorageErrors(() => {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, '')
  })
  rmSync(file, { force: true })
}
