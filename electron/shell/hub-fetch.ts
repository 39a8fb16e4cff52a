import { net, session } from 'electron'
import type { FetchAnswer, FetchFailure, FetchRequest } from '../core/index.ts'
import { readIssuer } from './certificate-issuer.ts'
import { watchPatience } from './patience.ts'

/** How often a request that is being sent is asked how far it is. */
const PROGRESS_MS = 1000

/** No answer of a hub is longer, decompressed; what goes on beyond is not one. */
const MOST_BYTES = 64 * 1024 * 1024

const hubSession = () => session.fromPartition('hub', { cache: false })

/** Closes every socket to the hub; requests under way fail and are made again on new ones. */
export const dropHubConnections = (): Promise<void> => hubSession().closeAllConnections()

/** A failed request with its kind, as plain data because it crosses to the core's thread. */
export class HubFetchError extends Error {
  readonly kind: FetchFailure
  constructor(kind: FetchFailure, message: string) {
    super(message)
    this.kind = kind
  }
}

function failureOf(message: string): FetchFailure {
  if (/ERR_CERT|ERR_SSL|ERR_BAD_SSL/.test(message)) return 'tls'
  // "Unexpected": a proxy in the line asks, which nobody has named in this PC's settings.
  if (/ERR_(UNEXPECTED_)?PROXY_AUTH/.test(message)) return 'proxy_auth'
  if (/TIMED_OUT/.test(message)) return 'timeout'
  return 'unreachable'
}

/** The failure with the name of whoever issued the certificate, where this PC itself can see it. */
async function withIssuer(url: string, message: string): Promise<string> {
  // Behind a proxy this PC would meet another certificate than the request did.
  if ((await hubSession().resolveProxy(url)) !== 'DIRECT') return message
  const issuer = await readIssuer(url)
  return issuer === null ? message : `${message} issuer="${issuer}"`
}

/**
 * One HTTP exchange through Chromium's network stack: system proxy, operating system certificates, no cookies, no
 * cache. Redirects are not followed: a hub never redirects, a captive portal does. A phase that outlasts its limit
 * aborts; sending counts as life as long as it gets on.
 */
export function hubFetch(wanted: FetchRequest): Promise<FetchAnswer> {
  return new Promise((resolve, reject) => {
    const request = net.request({
      method: wanted.method,
      url: wanted.url,
      redirect: 'manual',
      useSessionCookies: false,
      credentials: 'omit',
      cache: 'no-store',
      session: hubSession(),
    })
    const startedAt = performance.now()
    let settled = false
    let asking: NodeJS.Timeout | undefined
    const finish = (act: () => void) => {
      if (settled) return
      settled = true
      clearInterval(asking)
      patience.stop()
      act()
    }
    const fail = (kind: FetchFailure, message: string) =>
      finish(() => {
        const named = kind === 'tls' ? withIssuer(wanted.url, message) : Promise.resolve(message)
        void named.then((words) => reject(new HubFetchError(kind, words)))
      })
    const { timeoutMs: silenceMs, connectMs = silenceMs, answerMs = silenceMs } = wanted
    const patience = watchPatience(
      { connectMs, answerMs, silenceMs },
      (phase, ms) => {
        fail('timeout', `${phase}: no byte for ${ms} ms`)
        request.abort()
      },
      (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    )
    let sent = -1
    const askProgress = () => {
      const { started, current, total } = request.getUploadProgress()
      if (!started || current <= sent) return
      sent = current
      patience.at(current >= total ? 'answer' : 'send')
    }
    for (const [name, value] of Object.entries(wanted.headers)) request.setHeader(name, value)
    request.on('redirect', (status, _method, location) => {
      finish(() => resolve({ status, url: location, headers: {}, body: new Uint8Array(), wireBytes: 0 }))
      request.abort()
    })
    request.on('login', (info, answer) => {
      // Only a proxy's question is final; to a site's own the 401 itself is the answer.
      if (info.isProxy) fail('proxy_auth', `proxy ${info.scheme}`)
      answer()
    })
    request.on('error', (error) => fail(failureOf(error.message), error.message))
    request.on('abort', () => fail('aborted', 'aborted'))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let length = 0
      const answerMs = performance.now() - startedAt
      clearInterval(asking)
      patience.at('body')
      response.on('data', (chunk) => {
        patience.at('body')
        length += chunk.length
        if (length > MOST_BYTES) {
          fail('unreachable', 'answer without end')
          request.abort()
        } else chunks.push(chunk)
      })
      response.on('error', (error: Error) => fail(failureOf(error.message), error.message))
      response.on('aborted', () => fail('unreachable', 'answer cut off'))
      response.on('end', () => {
        const body = new Uint8Array(Buffer.concat(chunks))
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        )
        const wireBytes = wanted.method === 'HEAD' ? 0 : Number(headers['content-length'] ?? body.length)
        finish(() =>
          resolve({ status: response.statusCode, url: wanted.url, headers, body, wireBytes, answerMs }),
        )
      })
    })
    // Without a body nothing tells when the connection stands: connecting and waiting are then one phase.
    patience.at(wanted.body ? 'connect' : 'answer')
    if (wanted.body) {
      asking = setInterval(askProgress, PROGRESS_MS)
      request.write(Buffer.from(wanted.body))
    }
    request.end()
  })
}
