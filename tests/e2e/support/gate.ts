import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/**
 * `open` lets everything through, `closed` refuses at once, `silent` takes a request and never answers, `portal` answers
 * every request with a login page, `moved` sends every request to another host.
 */
export type GateMode = 'open' | 'closed' | 'silent' | 'portal' | 'moved'

/** The link of one PC: it enrols at the gate's address, and the test decides what passes. */
export interface Gate {
  url: string
  set(mode: GateMode): void
  /**
   * When the next exchange that carries acts comes by, does `act`: `before` the hub has read it, or `after` the hub has
   * answered; the answer is lost either way. Resolves when that has happened.
   */
  atNextActs(when: 'before' | 'after', act: () => Promise<void>): Promise<void>
  close(): Promise<void>
}

interface Trap {
  when: 'before' | 'after'
  spring(): Promise<void>
}

/** A gate in front of a hub. */
export async function openGate(hubUrl: string): Promise<Gate> {
  let mode: GateMode = 'open'
  let trap: Trap | null = null
  const answers = new Set<ServerResponse>()

  const pass = async (request: IncomingMessage, answer: ServerResponse) => {
    answers.add(answer)
    answer.once('close', () => answers.delete(answer))
    if (mode === 'closed') return answer.destroy()
    if (mode === 'silent') return
    if (mode === 'portal') return loginPage(answer)
    if (mode === 'moved')
      return answer.writeHead(302, { location: 'https://wifi.contoh.invalid/masuk' }).end()
    const body = await bytesOf(request)
    const sprung = trap && request.url === '/v1/exchange' && carriesActs(request, body) ? trap : null
    if (sprung) trap = null
    if (sprung?.when === 'before') {
      await sprung.spring()
      return answer.destroy()
    }
    const { method, headers, url } = request
    const onward = forward(`${hubUrl}${url}`, { method, headers: { ...headers, host: new URL(hubUrl).host } })
    onward.once('error', () => answer.destroy())
    onward.once('response', (response) => {
      const pipe = async () => {
        const heard = await bytesOf(response)
        if (sprung) {
          await sprung.spring()
          return answer.destroy()
        }
        answer.writeHead(response.statusCode ?? 502, response.headers)
        answer.end(heard)
      }
      pipe().catch(() => answer.destroy())
    })
    onward.end(body)
    answer.once('close', () => onward.destroy())
  }
  const server = createServer((request, answer) => {
    pass(request, answer).catch(() => answer.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const hangUp = () => {
    for (const answer of answers) answer.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      mode = next
      if (next === 'closed') hangUp()
    },
    atNextActs: (when, act) =>
      new Promise((resolve, reject) => {
        trap = { when, spring: () => act().then(resolve, reject) }
      }),
    close: () =>
      new Promise((done) => {
        hangUp()
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** What a hotel's or a cafe's Wi-Fi answers to everything: a page, with status 200. */
export function loginPage(answer: ServerResponse): void {
  answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  answer.end('<!doctype html><title>Wi-Fi</title><form>Masuk untuk memakai internet</form>')
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function carriesActs({ headers }: IncomingMessage, body: Buffer): boolean {
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  const { mutations } = JSON.parse(plain.toString('utf8')) as { mutations?: unknown[] }
  return (mutations ?? []).length > 0
}
