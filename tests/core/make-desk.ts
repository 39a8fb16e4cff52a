import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Person } from '@shared/domain/person.ts'
import type { Change } from '@shared/sync/feed.ts'
import { closeDb, openDb, type DeskDb } from '../../electron/core/db/open.ts'
import { getMeta } from '../../electron/core/db/meta.ts'
import type { Desk, Device } from '../../electron/core/desk.ts'
import { applyPage } from '../../electron/core/mirror/apply-change.ts'
import { settingsReader } from '../../electron/core/mirror/settings.ts'
import { Journal } from '../../electron/core/outbox/journal.ts'
import { fakeHost, type FakeHost, type FakeHostOptions } from '../fakes/fake-host.ts'
import { idOf, officeChanges, people } from './sample.ts'

/** Key of every test's database. */
export const TEST_KEY = Uint8Array.from({ length: 32 }, (_, i) => i)

export const testDevice: Device = {
  id: idOf(0xd1),
  code: 'AA',
  name: 'PC uji',
  agencyId: 'PUPR',
  hubId: idOf(0xb1),
  hubUrl: 'http://127.0.0.1:1',
  practice: false,
}

/** A desk on a real encrypted file, with what tests look at. */
export interface TestDesk {
  desk: Desk
  db: DeskDb
  host: FakeHost
  journal: Journal
  /** Topics marked stale so far. */
  stale: string[]
  /** How often the engine was woken. */
  wakes(): number
  /** The same desk with another person signed in. */
  as(person: Person): Desk
  /** Lets the hub's feed bring these changes. */
  feed(changes: Change[], more?: boolean): void
}

export interface MakeDeskOptions extends Partial<FakeHostOptions> {
  person?: Person
  changes?: Change[]
  /** Starts without people and settings. */
  bare?: boolean
}

/** A folder that is removed after the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meja-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A signed-in desk (default: the clerk) whose mirror holds the office's people and settings, and `changes`. */
export function makeDesk(options: MakeDeskOptions = {}): TestDesk {
  const dataDir = options.dataDir ?? testFolder()
  const host = fakeHost({ ...options, dataDir })
  const db = openDb({ path: join(dataDir, 'desk.db'), key: TEST_KEY, create: true })
  onTestFinished(() => closeDb(db))
  // Its own randomness: a test's seed decides ids, not nonces.
  const { journal } = Journal.attach(db, { key: TEST_KEY, device: testDevice.id, random: randomBytes })
  const settings = settingsReader(db)
  let wakes = 0
  const as = (person: Person): Desk => ({
    db,
    host,
    device: testDevice,
    person,
    settings,
    stale: (topics) => host.stale(topics),
    wake: () => void wakes++,
  })
  let page = 0
  const feed = (changes: Change[], more = false) => {
    const applied = applyPage(
      db,
      { baseCursor: getMeta(db, 'cursor'), cursor: `c${++page}`, changes, more },
      () => ({ now: host.now(), settings: settings() }),
    )
    if (!applied) throw new Error('the page was dropped')
  }
  if (!options.bare) feed([...officeChanges(), ...(options.changes ?? [])])
  return {
    desk: as(options.person ?? people.clerk),
    db,
    host,
    journal,
    stale: host.staleTopics,
    wakes: () => wakes,
    as,
    feed,
  }
}
