import fastify, { type FastifyInstance } from 'fastify'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRateLimit } from './auth/rate-limit.ts'
import { newToken, sha256 } from './auth/tokens.ts'
import type { BootstrapInput } from './bootstrap.ts'
import { Bootstrap } from './bootstrap.ts'
import type { Hub, Log, Work } from './context.ts'
import { txWithRetry, type Db } from './db/engine.ts'
import { lockFolder } from './db/lock.ts'
import { migrate } from './db/migrate.ts'
import { openPglite } from './db/pglite.ts'
import { createWake } from './feed/wake.ts'
import { createIds } from './ids.ts'
import { importBootstrap } from './intake/import-bootstrap.ts'
import { startJobs } from './jobs.ts'
import { loadPictures } from './pictures/pictures.ts'
import { open311 } from './open311/routes.ts'
import { v1 } from './routes/v1.ts'

/** What a hub is made of. */
export interface HubOptions {
  dataDir: string
  /** Where the initialised database template is kept between first starts. */
  cacheDir: string
  /** Milliseconds UTC. */
  clock: () => number
  random: (bytes: number) => Uint8Array
  log?: Log
  /** Shown until a set-up file names the hub. */
  name?: string
  /** A practice hub says so everywhere and knows the Open311 key `latihan`. */
  practice?: boolean
  /** The database came back from a backup: every desk must start over from a snapshot. */
  restored?: boolean
  /** Imported when the database is empty. */
  bootstrap?: BootstrapInput
  /** Loads another picture codec than the packaged one. */
  loadPictures?: typeof loadPictures
  /** Opens another engine than the embedded one. */
  openDatabase?: () => Promise<Db>
}

/** A running hub. */
export interface RunningHub {
  app: FastifyInstance
  /** The operator's token; also in `admin-token` of the data folder, readable only by its owner. */
  adminToken: string
  /** Whether pictures are taken: false where the codec has no build for this computer. */
  takesPictures: boolean
  /** Whether this start created the data folder's hub. */
  isNew: boolean
  /** Starts answering; port 0 chooses one. Returns the base URL. */
  listen(port: number, host: string): Promise<string>
  /** Does at once what the hub does by itself every hour. */
  tidy(): Promise<void>
  close(): Promise<void>
}

/** Opens (or creates) a hub in `dataDir`. Throws FolderInUse or FromTheFuture. */
export async function createHub(options: HubOptions): Promise<RunningHub> {
  const release = lockFolder(options.dataDir)
  let db: Db | null = null
  try {
    db = await (options.openDatabase?.() ?? openPglite(join(options.dataDir, 'db'), options.cacheDir))
    await migrate(db)
    const { token: adminToken, isNew } = readAdminToken(options)
    const hub = await assemble(options, db, adminToken, await picturesOf(options))
    await firstRun(hub, options)
    const app = buildApp(hub)
    const jobs = startJobs(hub)
    const opened = db
    return {
      app,
      adminToken,
      takesPictures: hub.pictures !== null,
      isNew,
      listen: (port, host) => app.listen({ port, host }),
      tidy: jobs.run,
      close: async () => {
        hub.wake.close()
        await jobs.stop()
        await app.close()
        await opened.close()
        release()
      },
    }
  } catch (error) {
    await db?.close().catch(() => undefined)
    release()
    throw error
  }
}

async function assemble(
  options: HubOptions,
  db: Db,
  adminToken: string,
  pictures: Hub['pictures'],
): Promise<Hub> {
  const { clock, random } = options
  const newId = createIds(clock, random)
  await db.q(
    `insert into meta values ('hub_id', $1), ('epoch', '1'), ('name', $2) on conflict (key) do nothing`,
    [newId(), options.name ?? 'Hub Lapor Akai Meno'],
  )
  if (options.restored) await beginEpoch(db, options)
  const meta = new Map(
    (await db.q<{ key: string; value: string }>('select key, value from meta')).map((r) => [r.key, r.value]),
  )
  const wake = createWake(db)
  return {
    db,
    id: meta.get('hub_id')!,
    epoch: Number(meta.get('epoch')),
    name: meta.get('name')!,
    practice: options.practice ?? false,
    dataDir: options.dataDir,
    clock,
    random,
    log: options.log ?? (() => undefined),
    wake,
    tries: createRateLimit(clock),
    pictures,
    adminTokenHash: sha256(adminToken),
    async work(fn, at) {
      const touched = new Set<string>()
      const result = await txWithRetry(db, (sql) => {
        touched.clear()
        const work: Work = { q: sql.q, now: at ?? clock(), newId, touched }
        return fn(work)
      })
      wake.notify(touched)
      return result
    },
  }
}

/** A hub without the codec serves all text; that it takes no pictures is said at the start, not at the first photo. */
async function picturesOf({ log, loadPictures: load = loadPictures }: HubOptions): Promise<Hub['pictures']> {
  const loaded = await load()
  if (loaded.pictures === null) log?.({ event: 'pictures_unavailable', why: loaded.why })
  return loaded.pictures
}

/** From here on the desks notice, and tell what they hold. */
async function beginEpoch(db: Db, { clock, random }: HubOptions): Promise<void> {
  await db.q(`update meta set value = $1 where key = 'epoch'`, [newEpoch(random)])
  await db.q(
    `insert into meta values ('restored_at', $1) on conflict (key) do update set value = excluded.value`,
    [String(clock())],
  )
  await db.q(
    `insert into meta select 'restored_to', cast(coalesce(max(at), 0) as text) from mutations where true
     on conflict (key) do update set value = excluded.value`,
  )
}

/** Drawn, not counted: the same backup may be restored twice, and each time its desks must notice. */
function newEpoch(random: HubOptions['random']): string {
  const [a = 0, b = 0, c = 0, d = 0] = random(4)
  return String(2 + ((a << 21) | (b << 13) | (c << 5) | (d >> 3)))
}

async function firstRun(hub: Hub, options: HubOptions): Promise<void> {
  if (hub.practice) {
    await hub.db.q('insert into api_keys values ($1, $2) on conflict do nothing', [
      sha256('latihan'),
      'latihan',
    ])
    hub.log({ event: 'practice_engine', note: 'not power-loss safe' })
  }
  const [used] = await hub.db.q('select 1 from agencies limit 1')
  if (options.bootstrap && !used) await importBootstrap(hub, Bootstrap.parse(options.bootstrap))
}

function buildApp(hub: Hub): FastifyInstance {
  const app = fastify({
    logger: false,
    requestTimeout: 120_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  })
  app.get('/healthz', async () => {
    await hub.db.q('select 1')
    return { ok: true, practice: hub.practice, pictures: hub.pictures !== null }
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    // The route's pattern, not its URL: tokens and names stay out of the log.
    hub.log({
      event: 'http',
      method,
      route: routeOptions.url ?? '?',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  })
  void app.register(async (scope) => v1(scope, hub), { prefix: '/v1' })
  void app.register(async (scope) => open311(scope, hub), { prefix: '/open311/v2' })
  return app
}

function readAdminToken(options: HubOptions): { token: string; isNew: boolean } {
  const file = join(options.dataDir, 'admin-token')
  try {
    return { token: readFileSync(file, 'utf8').trim(), isNew: false }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const token = newToken(options.random)
  writeFileSync(file, token, { mode: 0o600 })
  return { token, isNew: true }
}
