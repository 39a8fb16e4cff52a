import { join } from 'node:path'
import type { Person } from '@shared/domain/person.ts'
import { AppError } from '@shared/ipc/errors.ts'
import type { Recovery } from '@shared/ipc/views.ts'
import type { SessionResponse } from '@shared/sync/exchange.ts'
import { appendAudit } from '../audit/chain.ts'
import { Ballast, diskBelow } from '../db/ballast.ts'
import { closeDb, type DeskDb } from '../db/open.ts'
import { getMeta } from '../db/meta.ts'
import type { Desk } from '../desk.ts'
import type { Host } from '../host.ts'
import type { HubClient } from '../hub-client/port.ts'
import { projectReport, type Projection } from '../mirror/project.ts'
import { mirroredRow } from '../mirror/rows.ts'
import { settingsReader } from '../mirror/settings.ts'
import { searchCatcher } from '../sync/catch-up-search.ts'
import type { SyncContext } from '../sync/context.ts'
import { PieceSize } from '../sync/pieces.ts'
import { weeklyCheckOf } from '../sync/full-check.ts'
import { keepHouse, sweepFiles } from '../sync/housekeeping.ts'
import { leaseNumbers } from '../sync/lease-numbers.ts'
import { createSyncEngine, type SyncEngine } from '../sync/sync-engine.ts'
import { openWork, type Work } from './open-work.ts'
import { unseenRecovery } from './recovery.ts'
import { dropSlot, type DeviceRecord } from './device-store.ts'
import type { Opened } from './sign-in.ts'

/** A desk at which a person works, with its running engine. */
export interface OpenDesk {
  desk: Desk
  engine: SyncEngine
  client: HubClient
  /** So little room is left that downloads wait. */
  isLow(): boolean
  /** Where the database came from this time, if it was not simply opened. */
  recovered: Recovery['rung'] | null
  /** What a person has not yet read about a recovery, of this or an earlier start. */
  unseen: Recovery | null
  /** Stops the engine and closes the database; never waits for the network. */
  close(): void
}

interface Opening extends Seating {
  opened: Opened
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
  /** Damage came to light in the background. */
  onDamage?: (error: unknown) => void
}

/** What stands around a database on a real disk. A simulated one has none of it. */
interface Surroundings extends Partial<Omit<Work, 'db'>> {
  ballast?: Ballast
  /** The database's key, kept for a second connection; wiped when the desk closes. */
  key?: Uint8Array
}

/** Opens the database with the key a sign-in gave, and starts the engine. Throws the codes of openDb. */
export function openDesk(opening: Opening): OpenDesk {
  const { host, opened, record } = opening
  const ballast = ballastOf(host)
  const { db, ...work } = inTheRoomOf(ballast, () => openWork(host, opened.key, record.device.id))
  const key = Uint8Array.from(opened.key)
  opened.key.fill(0)
  db.makeRoom = () => {
    const made = ballast.release()
    host.log('disk_full', { ballast: made })
    host.stale(['sync'])
    return made
  }
  return seat(opening, db, opened.session, { ...work, ballast, key })
}

const ballastOf = (host: Host) =>
  new Ballast(join(host.dataDir, 'desk.ballast'), host.storage ?? diskBelow(host.dataDir), (size) =>
    host.random(size),
  )

/** A disk that filled up overnight must not keep anyone from signing in. */
function inTheRoomOf<T>(ballast: Ballast, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'disk_full' || !ballast.release()) throw error
    return act()
  }
}

/** Seats a person at an open database and starts the engine. Closes the database when that fails. */
export function seat(
  seating: Seating,
  db: DeskDb,
  session: SessionResponse | null,
  around: Surroundings = {},
): OpenDesk {
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
    return assemble(seating, db, person, around)
  } catch (error) {
    closeDb(db)
    throw error
  }
}

function assemble(opening: Seating, db: DeskDb, person: Person, around: Surroundings): OpenDesk {
  const { journal, ballast, key, changed = [], recovery = null } = around
  const { host, record, client, onOffice } = opening
  const settings = settingsReader(db)
  const stale: Desk['stale'] = (topics) => {
    if (topics.some((topic) => topic === 'people' || topic === 'settings' || topic === 'app')) onOffice()
    if (topics.length > 0) host.stale(topics)
  }
  const projection = (): Projection => ({ now: host.now(), settings: settings() })
  for (const reportId of changed) db.tx(() => projectReport(db, reportId, projection()))
  const carrier = record.device.practice ? 'practice' : 'https'
  const isLow = () => ballast?.isLow() ?? false
  const pieces = new PieceSize()
  const ctx: SyncContext = { db, host, client, carrier, isLow, projection, stale, pieces }
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
  const onDamage = (error: unknown) => opening.onDamage?.(error)
  const isQuiet = () => QUIET.has(engine.state().phase)
  const weekly = key ? weeklyCheckOf(host.checkFile, key, { db, host, isQuiet, onDamage }) : null
  const stopHouse = keepHouse({ ...ctx, journal, ballast, weekly, onDamage })
  search.go()
  // After a recovery a file without its row may yet be named by what was set aside.
  const swept = recovery ? 0 : sweepFiles(db, host.dataDir)
  if (swept > 0) host.log('files_swept', { swept })
  engine.start()
  return {
    desk,
    engine,
    client,
    isLow,
    recovered: recovery?.rung ?? null,
    unseen: recovery ?? unseenRecovery(db),
    close() {
      engine?.stop()
      search.stop()
      stopHouse()
      closeDb(db)
    },
  }
}

/** Phases in which nothing is being exchanged. */
const QUIET: ReadonlySet<string> = new Set(['idle', 'waiting', 'offline', 'signed_out'])

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
