import { X509Certificate } from 'node:crypto'
import { createServer, request as httpRequest, type Server } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { selfSigned } from './certificate.ts'
import { bytesOf } from './fault-bodies.ts'
import { openFaultProxy, type FaultProxy } from './fault-proxy.ts'

const WORDS = JSON.stringify({ said: 'halo '.repeat(2000) })
let hub: Server
let hubUrl = ''
let got: string[] = []
let proxy: FaultProxy | null = null

beforeEach(async () => {
  got = []
  hub = createServer((request, answer) => {
    bytesOf(request).then(
      (body) => {
        got.push(`${request.method} ${request.url} ${body.length}`)
        const coded = brotliCompressSync(WORDS)
        answer.writeHead(200, { 'content-encoding': 'br', 'content-length': String(coded.length) }).end(coded)
      },
      () => void got.push('broken off'),
    )
  }).listen(0, '127.0.0.1')
  await new Promise((done) => hub.once('listening', done))
  hubUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`
})

afterEach(async () => {
  await proxy?.close()
  proxy = null
  hub.closeAllConnections()
  await new Promise((done) => hub.close(done))
})

const ACTS = JSON.stringify({ mutations: [{ id: 1 }], filler: 'x'.repeat(5000) })

async function exchange(body = ACTS): Promise<Response> {
  return fetch(`${proxy!.url}/v1/exchange`, { method: 'POST', body, redirect: 'manual' })
}

test('an open proxy passes request and answer byte for byte', async () => {
  proxy = await openFaultProxy(hubUrl)
  expect(await (await exchange()).text()).toBe(WORDS)
  expect(got).toEqual([`POST /v1/exchange ${ACTS.length}`])
})

test('what others answer never reaches the hub', async () => {
  proxy = await openFaultProxy(hubUrl)
  const seen: Record<string, number> = {}
  for (const fault of ['portal', 'moved', 'network_511', 'gate_401', 'proxy_407', 'gateway_502'] as const) {
    proxy.set(fault)
    seen[fault] = await status('/v1/exchange')
  }
  const wanted = {
    portal: 200,
    moved: 302,
    network_511: 511,
    gate_401: 401,
    proxy_407: 407,
    gateway_502: 502,
  }
  expect(seen).toEqual(wanted)
  expect(got).toEqual([])
})

test('a fault for one kind of request leaves the others alone, until everything is open again', async () => {
  proxy = await openFaultProxy(hubUrl)
  proxy.set('hub_full', 'file')
  const file = () => fetch(`${proxy!.url}/v1/attachments/ab`, { method: 'PUT', body: 'x' })
  expect([(await file()).status, (await exchange()).status]).toEqual([500, 200])
  expect((await file()).headers.get('content-type')).toBe('application/vnd.meja-lapor+json')
  proxy.set('open')
  expect((await file()).status).toBe(200)
})

test('twice is twice at the hub and once for who asked; a lost answer is done all the same', async () => {
  proxy = await openFaultProxy(hubUrl)
  const twice = proxy.next('twice', 'acts')
  expect(await (await exchange('{"mutations":[]}')).text()).toBe(WORDS)
  expect(await (await exchange()).text()).toBe(WORDS)
  await twice
  expect(got).toHaveLength(3)
  let meanwhile = 0
  const lost = proxy.next('lost_answer', 'acts', async () => void meanwhile++)
  await expect(exchange()).rejects.toThrow()
  await lost
  expect([got.length, meanwhile]).toEqual([4, 1])
})

test('half a request is broken off at the hub, a lost one never gets there', async () => {
  proxy = await openFaultProxy(hubUrl)
  void proxy.next('cut_request', 'acts', () => new Promise((done) => setTimeout(done, 50)))
  await expect(exchange()).rejects.toThrow()
  await expect.poll(() => got).toEqual(['broken off'])
  void proxy.next('lost_request')
  await expect(exchange()).rejects.toThrow()
  expect(got).toHaveLength(1)
})

test.each(['cut_answer', 'short_answer', 'half_coding'] as const)(
  '%s never reads as the answer',
  async (fault) => {
    proxy = await openFaultProxy(hubUrl)
    void proxy.next(fault, 'exchange')
    const heard = await exchange()
      .then(
        (answer) => answer.text(),
        () => 'broken',
      )
      .catch(() => 'broken')
    expect(heard).not.toBe(WORDS)
    expect(got).toHaveLength(1)
    expect(await (await exchange()).text()).toBe(WORDS)
  },
)

test('a TLS front presents a certificate of its own, and another one when somebody steps in', async () => {
  const own = selfSigned('hub')
  proxy = await openFaultProxy(hubUrl, own)
  expect(await throughTls(own.cert)).toBe(200)
  const other = selfSigned('penyadap', { fromDays: -90, toDays: -1 })
  proxy.present(other)
  await expect(throughTls(own.cert)).rejects.toThrow(/self-signed|certificate/)
  const read = new X509Certificate(other.cert)
  expect(read.subjectAltName).toContain('127.0.0.1')
  expect(read.verify(read.publicKey)).toBe(true)
  expect(Date.parse(read.validTo)).toBeLessThan(Date.now())
})

/** Without fetch, which does not show what it finds strange. */
const status = (path: string) =>
  new Promise<number>((resolve, reject) => {
    httpRequest(`${proxy!.url}${path}`, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .once('error', reject)
      .end()
  })

const throughTls = (ca: string) =>
  new Promise<number>((resolve, reject) => {
    httpsRequest(`${proxy!.url}/v1/hello`, { ca, agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .once('error', reject)
      .end()
  })
