import type { Person } from '@shared/domain/person.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { SessionResponse } from '@shared/sync/exchange.ts'
import { appendAudit } from '../audit/chain.ts'
import { closeDb, openDb, type DeskDb } from '../db/open.ts'
import { getMeta } from '../db/meta.ts'
import type { Desk } from '../desk.ts'
import type { Host } from '../host.ts'
import type { HubClient } from '../hub-client/port.ts'
import type { Projection } from '../mirror/project.ts'
import { mirroredRow } from '../mirror/rows.ts'
import { settingsReader } from '../mirror/settings.ts'
import { searchCatcher } from '../sync/catch-up-search.ts'
import type { SyncContext } from '../sync/context.ts'
import { keepHouse, sweepFiles } from '../sync/housekeeping.ts'
import { leaseNumbers } from '../sync/lease-numbers.ts'
import { createSyncEngine, type SyncEngine } from '../sync/sync-engine.ts'
import { salvage } from './salvage.ts'
import { databasePath, dropSlot, type DeviceRecord } from './device-store.ts'
import type { Opened } from './sign-in.ts'

/** A desk at which a person works, with its running engine. */
export interface OpenDesk {
  desk: Desk
  engine: SyncEngine
  client: HubClient
  /** Stops the engine and closes the database; never waits for the network. */
  close(): void
}

interface Opening extends Seating {
  opened: Opened
  /** The database was set aside: makes a new one and saves into it what is still readable. */
  rebuild: boolean
}

/** Who sits down at which desk. */
export interface Seating {
  host: Host
  record: DeviceRecord
  client: HubClient
  personId: string
  password: string
  /** The device's own record may be out of date: called when the mirror changed people, agency or settings. */
  onOffice: () => void
}

/** Opens the database with the key a sign-in gave, and starts the engine. Throws the codes of openDb. */
export function openDesk(opening: Opening): OpenDesk {
  const { host, opened, rebuild } = opening
  const db = openDb({ path: databasePath(host.dataDir), key: opened.key, create: rebuild, keyProven: true })
  if (rebuild) host.log('salvaged', { rows: salvage(db, opened.key, host.dataDir) })
  opened.key.fill(0)
  return seat(opening, db, opened.session)
}

/** Seats a person at an open database and starts the engine. Closes the database when that fails. */
export function seat(seating: Seating, db: DeskDb, session: SessionResponse | null): OpenDesk {
  try {
    const person = personOf(db, seating, session)
    if (session) keepSession(db, session)
    appendAudit(db, {
      at: seating.host.now(),
      personId: person.id,
      action: 'session.sign_in',
      subjectId: null,
      data: {},
    })
    return assemble(seating, db, person)
  } catch (error) {
    closeDb(db)
    throw error
  }
}

function assemble(opening: Seating, db: DeskDb, person: Person): OpenDesk {
  const { host, record, client, onOffice } = opening
  const settings = settingsReader(db)
  const stale: Desk['stale'] = (topics) => {
    if (topics.some((topic) => topic === 'people' || topic === 'settings' || topic === 'app')) onOffice()
    if (topics.length > 0) host.stale(topics)
  }
  const projection = (): Projection => ({ now: host.now(), settings: settings() })
  const carrier = record.device.practice ? 'practice' : 'https'
  const ctx: SyncContext = { db, host, client, carrier, projection, stale }
  let engine: SyncEngine | null = null
  const desk: Desk = {
    db,
    host,
    device: record.device,
    person,
    settings,
    stale,
    wake: () => engine?.work(),
  }
  const renew = sessionKeeper(opening, db)
  // Only once the mirror is whole is it known which numbers are this PC's already.
  const lease = (by: Desk) => {
    if (db.open && getMeta(db, 'mirror_complete') === '1') leaseNumbers(by)
  }
  const search = searchCatcher(ctx)
  engine = createSyncEngine(
    ctx,
    async () => {
      await renew()
      // It travels with the exchange it is made for, so nobody needs waking.
      lease({ ...desk, wake: () => undefined })
    },
    // The first mirror has just become whole: the next exchange may be days away, behind an outage.
    () => {
      search.go()
      lease(desk)
    },
  )
  const stopHouse = keepHouse(ctx)
  search.go()
  const swept = sweepFiles(db, host.dataDir)
  if (swept > 0) host.log('files_swept', { swept })
  engine.start()
  return {
    desk,
    engine,
    client,
    close() {
      engine?.stop()
      search.stop()
      stopHouse()
      closeDb(db)
    },
  }
}

/**
 * The person as the hub just named them, as mirrored (their roles may have changed), or after a rebuilt database as the
 * sign-in screen knows them until the mirror is back.
 */
function personOf(db: DeskDb, { personId, record }: Seating, session: SessionResponse | null): Person {
  const known = record.people.find((person) => person.id === personId)
  const person =
    session?.person ??
    mirroredRow(db, 'person', personId)?.body ??
    (known && { ...UNMIRRORED, ...known, agencyId: record.device.agencyId })
  if (!person?.active) throw new AppError('not_allowed', 'the person is not active here')
  return person
}

const UNMIRRORED = { titleBefore: '', titleAfter: '', unit: '', rank: '', grade: '', nip: null, active: true }

function keepSession(db: DeskDb, session: SessionResponse): void {
  db.run(
    `INSERT INTO sessions (person_id, token, expires_at) VALUES (?, ?, ?)
     ON CONFLICT (person_id) DO UPDATE SET token = excluded.token, expires_at = excluded.expires_at`,
    session.person.id,
    session.token,
    session.expiresAt,
  )
}

/** Signs the person in at the hub as soon as there is a link, if this desk has no session of theirs. */
function sessionKeeper({ client, host, personId, password }: Seating, db: DeskDb): () => Promise<void> {
  let refused = false
  return async () => {
    if (refused || db.get('SELECT 1 FROM sessions WHERE person_id = ?', personId)) return
    try {
      const session = await client.signIn(personId, password)
      if (db.open) keepSession(db, session)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'wrong_password') return
      // The password was changed elsewhere: the old one must not open this desk for ever.
      refused = true
      dropSlot(host.dataDir, personId)
      host.log('password_changed', { personId })
    }
  }
}
