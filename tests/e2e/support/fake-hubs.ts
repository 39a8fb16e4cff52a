import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HUB_CONTENT_TYPE, type Hello } from '../../../shared/sync/exchange.ts'
import { loginPage } from '../../link/fault-answers.ts'

/** Servers at an address that a person might type, none of which is this app's hub. */
export interface FakeHubs {
  /** A web page for everything. */
  page: string
  /** Sends everything to another host, as a captive portal does. */
  moved: string
  /** Somebody else's JSON. */
  json: string
  /** A hub that no longer speaks this app's protocol. */
  newer: string
  /** A hub from before this app's protocol. */
  older: string
  /** Nobody listens here. */
  nobody: string
  close(): Promise<void>
}

const hello = (protocol: number, minProtocol: number): Hello => ({
  product: 'meja-lapor-hub',
  protocol,
  minProtocol,
  hubId: '0192f0c0-0000-7000-8000-000000000001',
  name: 'Hub lain',
  time: Date.now(),
  practice: false,
})

const json = (type: string, body: unknown) => (answer: ServerResponse) => {
  answer.writeHead(200, { 'content-type': type })
  answer.end(JSON.stringify(body))
}

/** Starts them all on loopback. */
export async function startFakeHubs(): Promise<FakeHubs> {
  const servers: Server[] = []
  const serve = async (reply: (answer: ServerResponse) => void): Promise<string> => {
    const server = createServer((_request, answer) => reply(answer))
    servers.push(server)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const stop = (server: Server) =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  const nobody = await serve(() => undefined)
  await stop(servers.pop()!)
  return {
    nobody,
    page: await serve(loginPage),
    moved: await serve((answer) => {
      answer.writeHead(302, { location: 'https://wifi.contoh.invalid/masuk' })
      answer.end()
    }),
    json: await serve(json('application/json', { ok: true })),
    newer: await serve(json(HUB_CONTENT_TYPE, hello(9, 9))),
    older: await serve(json(HUB_CONTENT_TYPE, hello(0, 0))),
    close: async () => {
      await Promise.all(servers.map(stop))
    },
  }
}
