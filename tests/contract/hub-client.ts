import { createHash, randomUUID } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { AppError } from '@shared/ipc/errors.ts'
import { PROTOCOL, type ExchangeRequest, type ExchangeResponse } from '@shared/sync/exchange.ts'
import { FetchError, type FetchAnswer, type FetchRequest } from '../../electron/core/host.ts'
import { httpHubClient, httpHubDoor } from '../../electron/core/hub-client/http.ts'
import type { HubClient } from '../../electron/core/hub-client/port.ts'
import { noisePng } from '../fixtures/pictures.ts'

/** A hub under contract. */
export interface Subject {
  url: string
  fetch(request: FetchRequest): Promise<FetchAnswer>
  code(): Promise<string>
  person: { id: string; password: string }
}

const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

/** What every hub must do for a desk, whichever it is. */
export function hubClientContract(name: string, start: () => Promise<Subject>): void {
  const enrolled = async () => {
    const hub = await start()
    const sent: FetchRequest[] = []
    const host = {
      fetch: (request: FetchRequest) => {
        sent.push(request)
        return hub.fetch(request)
      },
    }
    const given = await httpHubDoor(host, hub.url).enrol(await hub.code(), 'PC uji')
    const client = httpHubClient(host, { url: hub.url, hubId: given.hubId, deviceToken: given.deviceToken })
    return { hub, host, sent, given, client }
  }
  const request = (change: Partial<ExchangeRequest> = {}): ExchangeRequest => ({
    protocol: PROTOCOL,
    sessions: {},
    cursor: null,
    mutations: [],
    want: { maxChanges: 500 },
    audit: null,
    ...change,
  })
  const all = async (client: HubClient) => {
    let response = await client.exchange(request())
    const changes = [...response.changes]
    while (response.more) {
      response = await client.exchange(request({ cursor: response.cursor }))
      changes.push(...response.changes)
    }
    return { changes, cursor: response.cursor }
  }

  /** An act on the first report, and what it needs to travel. */
  const prioritising = async ({ person }: Subject, client: HubClient) => {
    const { token } = await client.signIn(person.id, person.password)
    const { changes, cursor } = await all(client)
    const state = changes.find((change) => change.kind === 'report_state')!
    const mutation = {
      id: randomUUID(),
      kind: 'report.prioritise' as const,
      personId: person.id,
      reportId: state.id,
      baseVersion: state.version,
      madeAt: 1,
      v: 1 as const,
      payload: { priority: 'high' as const },
    }
    return { state, mutation, cursor, sessions: { [person.id]: token } }
  }

  describe(name, () => {
    test('says what it is', async () => {
      const hub = await start()
      expect(await httpHubDoor(hub, hub.url).hello()).toMatchObject({
        product: 'meja-lapor-hub',
        protocol: PROTOCOL,
      })
    })

    test('a code enrols one PC, once', async () => {
      const hub = await start()
      const door = httpHubDoor(hub, hub.url)
      const code = await hub.code()
      const given = await door.enrol(code, 'PC uji')
      expect(given.people.map((person) => person.id)).toContain(hub.person.id)
      expect(Buffer.from(given.unlockSecret, 'base64')).toHaveLength(32)
      expect(await codeOf(door.enrol(code, 'PC lain'))).toBe('code_used')
      expect(await codeOf(door.enrol('AAAAA-AAAAA', 'PC lain'))).toBe('code_unknown')
    })

    test('a password opens a session and the unlock secret, a wrong one nothing', async () => {
      const { hub, client, given } = await enrolled()
      const session = await client.signIn(hub.person.id, hub.person.password)
      expect(session).toMatchObject({ person: { id: hub.person.id }, unlockSecret: given.unlockSecret })
      expect(await codeOf(client.signIn(hub.person.id, 'bukan ini'))).toBe('wrong_password')
      expect(await codeOf(client.signIn(randomUUID(), hub.person.password))).toBe('wrong_password')
    })

    test('an unknown device is told so', async () => {
      const { hub, host, given } = await enrolled()
      const stranger = httpHubClient(host, { url: hub.url, hubId: given.hubId, deviceToken: 'x'.repeat(43) })
      expect(await codeOf(stranger.exchange(request()))).toBe('device_revoked')
    })

    test('an answer of another hub is not ours', async () => {
      const { hub, host, given } = await enrolled()
      const lost = httpHubClient(host, { url: hub.url, hubId: randomUUID(), deviceToken: given.deviceToken })
      expect(await codeOf(lost.exchange(request()))).toBe('wrong_hub')
    })

    test('the feed comes in order, in pages, each once, and names its base', async () => {
      const { client } = await enrolled()
      const whole = await all(client)
      const seqs = whole.changes.map((change) => change.seq)
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
      expect(new Set(whole.changes.map((c) => `${c.kind}/${c.id}`)).size).toBe(whole.changes.length)
      const first = await client.exchange(request({ want: { maxChanges: 2 } }))
      expect([first.changes.length, first.more, first.baseCursor]).toEqual([2, true, null])
      const second = await client.exchange(request({ cursor: first.cursor, want: { maxChanges: 2 } }))
      expect(second.baseCursor).toBe(first.cursor)
      expect(second.changes[0]!.seq).toBeGreaterThan(first.changes[1]!.seq)
      const rest = await client.exchange(request({ cursor: whole.cursor }))
      expect([rest.changes, rest.more, rest.resync]).toEqual([[], false, null])
    })

    test('a page may be kept up to any of its marks and goes on from there; old forms say the same', async () => {
      const { client, sent, hub } = await enrolled()
      const page = await client.exchange(request({ want: { maxChanges: 500 } }))
      expect(Object.keys(page)).toContain('marks')
      for (const [n, cursor] of page.marks ?? []) {
        const rest = await client.exchange(request({ cursor }))
        expect([...page.changes.slice(0, n), ...rest.changes]).toEqual(page.changes)
      }
      // By rows, as protocol 2 asks for them.
      const asked = { ...request(), protocol: 2 }
      const last = sent.at(-1)!
      const headers = { ...last.headers }
      delete headers['content-encoding']
      const answer = await hub.fetch({ ...last, headers, body: Buffer.from(JSON.stringify(asked)) })
      const old = JSON.parse(Buffer.from(answer.body).toString()) as ExchangeResponse
      expect(old.protocol).toBe(2)
      expect(old.changes).toEqual(page.changes)
      expect(old.marks).toBeUndefined()
    })

    test('a page keeps to the bytes it may have, and still gets to the end', async () => {
      const { client } = await enrolled()
      const whole = await all(client)
      const got: unknown[] = []
      let cursor: string | null = null
      for (let more = true; more;) {
        const page: ExchangeResponse = await client.exchange(
          request({ cursor, want: { maxChanges: 500, maxBytes: 200 } }),
        )
        // One change at least; all but one within three letters a byte.
        const letters = page.changes
          .slice(0, -1)
          .reduce((sum, { body }) => sum + JSON.stringify(body).length, 0)
        expect(letters).toBeLessThanOrEqual(600)
        got.push(...page.changes)
        ;({ cursor, more } = page)
      }
      expect(got).toEqual(whole.changes)
    })

    test('a cursor of another life asks for a resync', async () => {
      const { client } = await enrolled()
      expect((await client.exchange(request({ cursor: '99.1.0' }))).resync).not.toBeNull()
    })

    test('SYNC-04: before a restored hub takes an act, the desk has learnt what to offer again', async () => {
      const { hub, client } = await enrolled()
      const { mutation, sessions, cursor } = await prioritising(hub, client)
      const early = await client.exchange(request({ cursor: '99.1.0', mutations: [mutation], sessions }))
      expect([early.receipts, early.resync]).toEqual([[], 'other_epoch'])
      const done = await client.exchange(request({ cursor, mutations: [mutation], sessions }))
      expect(done.receipts).toMatchObject([{ mutationId: mutation.id, outcome: 'applied' }])
    })

    test('an act is applied once, its effect is in the same answer, and a resend is a duplicate', async () => {
      // Verifies SYNC-02
      const { hub, client } = await enrolled()
      const { state, mutation, sessions, cursor } = await prioritising(hub, client)
      const unsigned = await client.exchange(request({ cursor, mutations: [mutation] }))
      expect(unsigned.receipts).toMatchObject([{ outcome: 'rejected', reason: 'session_expired' }])
      const done = await client.exchange(request({ cursor, mutations: [mutation], sessions }))
      expect(done.receipts).toMatchObject([{ mutationId: mutation.id, outcome: 'applied' }])
      const changed = done.changes.find((change) => change.kind === 'report_state' && change.id === state.id)
      expect(changed).toMatchObject({ version: done.receipts[0]!.version, body: { priority: 'high' } })
      const again = await client.exchange(request({ cursor: done.cursor, mutations: [mutation], sessions }))
      expect(again.receipts).toMatchObject([{ outcome: 'duplicate', version: done.receipts[0]!.version }])
      expect(again.changes).toEqual([])
      const forged = { ...mutation, payload: { priority: 'low' as const } }
      const reused = await client.exchange(request({ cursor: done.cursor, mutations: [forged], sessions }))
      expect(reused.receipts).toMatchObject([{ outcome: 'rejected', reason: 'id_reused' }])
    })

    test('a long request is compressed, and its cost is counted', async () => {
      const { client, sent, host } = await enrolled()
      const traffic = { bytesUp: 0, bytesDown: 0 }
      const filler = 'x'.repeat(4000)
      const sessions = Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [randomUUID(), filler.slice(0, 190 - i)]),
      )
      await client.exchange(request({ sessions }))
      expect(sent.at(-1)!.headers['content-encoding']).toBe('gzip')
      expect(gunzipSync(sent.at(-1)!.body!).length).toBeGreaterThan(sent.at(-1)!.body!.length)
      // A hub that has shown that it is new enough gets the smaller form, also after a time without a link.
      const { fetch } = host
      host.fetch = () => Promise.reject(new FetchError('unreachable', 'no link'))
      expect(await codeOf(client.exchange(request({ sessions })))).toBe('hub_unreachable')
      host.fetch = fetch
      await client.exchange(request({ sessions }), traffic)
      const last = sent.at(-1)!
      expect(last.headers['content-encoding']).toBe('br')
      expect(brotliDecompressSync(last.body!).length).toBeGreaterThan(last.body!.length)
      expect(traffic).toEqual({ bytesUp: last.body!.length, bytesDown: expect.any(Number) as number })
      expect(traffic.bytesDown).toBeGreaterThan(0)
    })

    test('a file is kept under its hash and comes back byte for byte', async () => {
      const { client } = await enrolled()
      const png = noisePng(3000)
      const sha256 = createHash('sha256').update(png).digest('hex')
      expect(await codeOf(client.getAttachment(sha256))).toBe('not_found')
      await client.putAttachment(sha256, png)
      await client.putAttachment(sha256, png)
      expect(Buffer.from(await client.getAttachment(sha256)).equals(png)).toBe(true)
      const wrong = createHash('sha256').update('other').digest('hex')
      expect(await codeOf(client.putAttachment(wrong, png))).toBe('hub_error')
    })

    test('the wake-up answers when there is more than the cursor says', async () => {
      const { client } = await enrolled()
      const first = await client.exchange(request({ want: { maxChanges: 1 } }))
      expect(await client.wake(first.cursor, 60_000)).toBe(true)
    })
  })
}
