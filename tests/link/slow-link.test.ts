import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { drawFrom } from '../sim/random.ts'
import { Line, SEGMENT } from './line.ts'
import { OPEN_LINE, openSlowLink, REMOTE_OFFICE, type SlowLink } from './slow-link.ts'

/** Sends back what it gets and says when it began to. */
let echo: Server
let link: SlowLink | null = null
const target = () => ({ port: (echo.address() as AddressInfo).port })

beforeEach(async () => {
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
})

afterEach(async () => {
  await link?.close()
  link = null
  echo.close()
})

/** A connection through the link that collects what comes back. */
async function dial(
  through: SlowLink,
): Promise<{ socket: Socket; got: () => Buffer; ended: Promise<string> }> {
  const socket = connect(through.port, '127.0.0.1')
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise<string>((done) => {
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'))
    socket.once('close', () => done('closed'))
  })
  await Promise.race([new Promise((done) => socket.once('connect', done)), ended])
  return { socket, got: () => Buffer.concat(parts), ended }
}

const pattern = (size: number) => Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31) & 0xff))

describe('slow link', () => {
  test('passes every byte in order and counts bytes, turns and connections', async () => {
    link = await openSlowLink(target())
    const { socket, got, ended } = await dial(link)
    const first = pattern(100_000)
    socket.write(first)
    while (got().length < first.length) await sleep(2)
    socket.end(pattern(10))
    expect(await ended).toBe('closed')
    expect(got().equals(Buffer.concat([first, pattern(10)]))).toBe(true)
    expect(link.count(true)).toEqual({
      connections: 1,
      turns: 2,
      bytesUp: 100_010,
      bytesDown: 100_010,
      stalls: 0,
      resets: 0,
    })
    expect(link.count()).toMatchObject({ connections: 0, turns: 0, bytesUp: 0 })
  })

  test('a connection costs a round trip, an exchange another, and bytes the rate of each direction', async () => {
    link = await openSlowLink(target(), { ...OPEN_LINE, rttMs: 200, bytesPerSecond: 50_000 })
    const started = performance.now()
    const { socket, got } = await dial(link)
    socket.write(pattern(10_000))
    while (got().length < 10_000) await sleep(2)
    const took = performance.now() - started
    // 200 ms to connect, 200 ms there and back, 200 ms of sending; what comes back travels behind it.
    expect(took).toBeGreaterThan(590)
    expect(took).toBeLessThan(900)
  })

  test('two connections share one line', async () => {
    link = await openSlowLink(target(), { ...OPEN_LINE, bytesPerSecond: 40_000 })
    const started = performance.now()
    const both = await Promise.all([dial(link), dial(link)])
    for (const { socket } of both) socket.write(pattern(10_000))
    while (both.some(({ got }) => got().length < 10_000)) await sleep(2)
    expect(performance.now() - started).toBeGreaterThan(480)
  })

  test('the same seed stalls the same packets', async () => {
    const stalled = async (seed: string) => {
      const line = new Line({ ...REMOTE_OFFICE, bytesPerSecond: 1e12, rttMs: 0, stallMs: 0 }, drawFrom(seed))
      const at: number[] = []
      for (let packet = 0, before = 0; packet < 500; packet++) {
        await new Promise<void>((arrived) => line.send(pattern(SEGMENT), () => arrived()))
        if (line.stalls > before) at.push(packet)
        before = line.stalls
      }
      return at
    }
    const first = await stalled('a')
    expect(first.length).toBeGreaterThan(3)
    expect(first.length).toBeLessThan(25)
    expect(await stalled('a')).toEqual(first)
    expect(await stalled('b')).not.toEqual(first)
  })

  test('a stall holds up what is behind it', async () => {
    link = await openSlowLink(target(), { ...OPEN_LINE, stallShare: 1, stallMs: 150 })
    const { socket, got } = await dial(link)
    const started = performance.now()
    socket.write('x')
    while (got().length < 1) await sleep(2)
    expect(performance.now() - started).toBeGreaterThan(295)
    expect(link.count().stalls).toBe(2)
  })

  test('cut after a byte: exactly so much gets through, then the connection is reset; the next one is whole', async () => {
    link = await openSlowLink(target(), { ...OPEN_LINE, bytesPerSecond: 1e6 })
    link.cutAfter('down', 5000)
    const cut = await dial(link)
    cut.socket.write(pattern(20_000))
    expect(await cut.ended).toBe('ECONNRESET')
    expect(link.count()).toMatchObject({ bytesDown: 5000, resets: 1 })
    expect(cut.got().equals(pattern(20_000).subarray(0, cut.got().length))).toBe(true)
    const next = await dial(link)
    next.socket.end(pattern(20_000))
    expect(await next.ended).toBe('closed')
    expect(next.got()).toHaveLength(20_000)
  })

  test('held: nothing arrives and nothing is lost; refused and reset are told at once', async () => {
    link = await openSlowLink(target(), { ...OPEN_LINE, rttMs: 20 })
    const { socket, got, ended } = await dial(link)
    link.hold(true)
    socket.write(pattern(3000))
    await sleep(200)
    expect(got()).toHaveLength(0)
    link.hold(false)
    while (got().length < 3000) await sleep(2)
    link.reset()
    expect(await ended).toBe('ECONNRESET')
    link.refuse(true)
    expect(await (await dial(link)).ended).toBe('ECONNRESET')
    link.refuse(false)
    const later = await dial(link)
    later.socket.end('x')
    expect(await later.ended).toBe('closed')
    expect(later.got().toString()).toBe('x')
  })
})
