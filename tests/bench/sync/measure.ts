import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LineQuality } from '../../link/line.ts'
import { openSlowLink, type LinkCount, type SlowLink } from '../../link/slow-link.ts'
import { startApart, type Apart } from './apart.ts'
import type { HubOpened } from './hub-server.ts'
import { SERVER_FILES, type Entrant, type ServerKind } from './line-up.ts'
import type { Cost } from './orders.mjs'
import type { ReplayMode } from './replay.ts'

/** A server with its data set. */
export interface Served {
  kind: ServerKind
  apart: Apart
  /** Where it is reached; for the hub the stand that may answer from memory. */
  port: number
  /** Of the hub alone. */
  hub: HubOpened | null
}

/** What an order cost the client, and what went over the line meanwhile. */
export interface Taken extends Cost {
  link: LinkCount
}

/** A mirror; `shown`: seconds until so many reports could be read, where that was measured. */
export interface Mirrored extends Taken {
  rows: number
  shown?: Record<number, number>
}

/** Starts a server with `count` reports; `gzip`: it compresses. */
export async function serve(kind: ServerKind, count: number, gzip = false): Promise<Served> {
  const { file, flags } = SERVER_FILES[kind]
  const apart = await startApart(file, [], flags)
  const opened = await apart.do<HubOpened>('open', { kind, count, gzip, fresh: false })
  const hub = kind === 'hub' ? opened : null
  return { kind, apart, hub, port: hub ? hub.replayPort : opened.port }
}

/** One entrant's client in a process of its own, behind a line that counts. */
export interface Client {
  do<T = Cost>(order: string, data?: unknown): Promise<T & { link: LinkCount }>
  line: SlowLink
  end(): Promise<void>
}

/** Starts an entrant's client against a server; `folder` is made and, at the end, removed. */
export async function startClient(
  { file, opening }: Pick<Entrant, 'file' | 'opening'>,
  served: Served,
  folder: string,
  quality?: LineQuality,
): Promise<Client> {
  rmSync(folder, { recursive: true, force: true })
  const own = join(folder, 'client')
  mkdirSync(own, { recursive: true })
  const line = await openSlowLink({ port: served.port }, quality)
  const apart = await startApart(file)
  const ours = served.hub && {
    token: await served.apart.do('token'),
    code: await served.apart.do('code'),
    password: served.hub.password,
  }
  await apart.do('open', { url: line.url, folder: own, ...opening, ...ours })
  return {
    line,
    async do<T>(order: string, data?: unknown) {
      line.count(true)
      const value = await apart.do<T>(order, data)
      return { ...value, link: line.count(true) }
    },
    async end() {
      await apart.end()
      await line.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Tells the hub's stand what to answer from memory; nothing to other servers. */
export const setMode = async ({ kind, apart }: Served, mode: ReplayMode): Promise<void> =>
  kind === 'hub' ? apart.do<void>('mode', mode) : undefined

/** Throws when a mirror is not whole. */
export function mustBeWhole(name: string, { rows }: { rows: number }, count: number): void {
  if (rows !== count) throw new Error(`${name} holds ${rows} reports of ${count}`)
}
