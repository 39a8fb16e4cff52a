import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { drawFrom } from '../sim/random.ts'
import { Line, type LineQuality } from './line.ts'

export type Direction = 'up' | 'down'

/** Satellite on a rainy day: 256 kbit/s each way, 600 ms there and back, every fiftieth packet late by 600 ms. */
export const REMOTE_OFFICE: LineQuality = {
  bytesPerSecond: 32_000,
  rttMs: 600,
  stallShare: 0.02,
  stallMs: 600,
}
/** Only counts. */
export const OPEN_LINE: LineQuality = { bytesPerSecond: Infinity, rttMs: 0, stallShare: 0, stallMs: 0 }

/** What went over the link since its start or the last `count()`. */
export interface LinkCount {
  connections: number
  /** Times the near side spoke after having listened (or first): round trips, summed over connections. */
  turns: number
  bytesUp: number
  bytesDown: number
  stalls: number
  resets: number
}

/** A link on loopback: what connects to `port` reaches the target, as slowly and as badly as asked for. */
export interface SlowLink {
  port: number
  /** The target's address as seen through the link. */
  url: string
  /** What was counted; starts again from zero when `reset`. */
  count(reset?: boolean): LinkCount
  /** Changes the line at once, also under what it carries. */
  change(quality: Partial<LineQuality>): void
  /** Black hole while true: connections open, nothing arrives, nothing is lost. */
  hold(on: boolean): void
  /** Connections are refused (reset before the first byte) while true; those that are open stay. */
  refuse(on: boolean): void
  /** Resets every open connection. */
  reset(): void
  /** Lets exactly `bytes` more through in a direction, then resets the connection that carries the next one. */
  cutAfter(direction: Direction, bytes: number): void
  close(): Promise<void>
}

/** Unread bytes of one connection and direction from which on its sender has to wait, as for a full window. */
const WINDOW = 65_536

/**
 * Puts a link before `target`. Both directions are queues shared by all connections; opening a connection costs a round
 * trip before its first byte leaves. Which packets stall follows from `seed` alone. Without slow start and packet heads.
 */
export async function openSlowLink(
  target: { host?: string; port: number },
  quality: LineQuality = OPEN_LINE,
  seed = 'link',
): Promise<SlowLink> {
  const shared = { ...quality }
  const lines = {
    up: new Line(shared, drawFrom(`${seed}/up`)),
    down: new Line(shared, drawFrom(`${seed}/down`)),
  }
  let counted = fresh()
  let stallsBefore = 0
  let refusing = false
  const cuts: Record<Direction, number | null> = { up: null, down: null }
  const open = new Set<() => void>()

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    if (refusing) {
      counted.resets++
      near.resetAndDestroy()
      return
    }
    counted.connections++
    const far = connect({
      host: target.host ?? '127.0.0.1',
      port: target.port,
      allowHalfOpen: true,
      noDelay: true,
    })
    let spoke: Direction = 'down'
    const drop = () => {
      if (!open.delete(drop)) return
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
    open.add(drop)
    for (const socket of [near, far]) {
      socket.on('error', drop)
      socket.on('close', () => {
        if (near.destroyed && far.destroyed) open.delete(drop)
      })
    }
    let cut = false
    const carried = (direction: Direction, bytes: Buffer): Buffer => {
      const left = cut ? 0 : cuts[direction]
      if (left === null) return bytes
      if (bytes.length <= left) {
        cuts[direction] = left - bytes.length
        return bytes
      }
      if (!cut) {
        cut = true
        cuts[direction] = null
        counted.resets++
        setImmediate(drop)
      }
      return bytes.subarray(0, left)
    }
    const join = (direction: Direction, from: Socket, to: Socket) =>
      forward(from, to, lines[direction], (arrived) => {
        const bytes = carried(direction, arrived)
        if (bytes.length === 0) return bytes
        if (direction === 'up' && spoke === 'down') counted.turns++
        spoke = direction
        counted[direction === 'up' ? 'bytesUp' : 'bytesDown'] += bytes.length
        return bytes
      })
    // The handshake's round trip.
    setTimeout(() => {
      join('up', near, far)
      join('down', far, near)
    }, shared.rttMs)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stalls = () => lines.up.stalls + lines.down.stalls
  const reset = () => {
    counted.resets += open.size
    for (const drop of open) drop()
  }
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    count(again = false) {
      const now = { ...counted, stalls: stalls() - stallsBefore }
      if (again) {
        counted = fresh()
        stallsBefore = stalls()
      }
      return now
    },
    change: (next) => void Object.assign(shared, next),
    hold(on) {
      lines.up.hold(on)
      lines.down.hold(on)
    },
    refuse: (on) => void (refusing = on),
    reset,
    cutAfter: (direction, bytes) => void (cuts[direction] = bytes),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const drop of open) drop()
      }),
  }
}

const fresh = (): LinkCount => ({ connections: 0, turns: 0, bytesUp: 0, bytesDown: 0, stalls: 0, resets: 0 })

/** Moves one direction of one connection over the line; `arrive` sees what arrives and says what of it gets through. */
function forward(from: Socket, to: Socket, line: Line, arrive: (bytes: Buffer) => Buffer): void {
  let under = 0
  const deliver = (bytes: Buffer) => {
    under -= bytes.length
    if (to.destroyed) return
    const through = arrive(bytes)
    const drained = through.length === 0 || to.write(through)
    if (!drained) to.once('drain', () => from.resume())
    else if (under < WINDOW / 2) from.resume()
  }
  from.on('data', (bytes: Buffer) => {
    under += bytes.length
    line.send(bytes, deliver)
    if (under > WINDOW || to.writableNeedDrain) from.pause()
  })
  from.on('end', () => line.send(Buffer.alloc(0), () => void (to.destroyed || to.end())))
}
