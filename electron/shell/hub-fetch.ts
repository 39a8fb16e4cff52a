import { net, session } from 'electron'
import type { FetchAnswer, FetchFailure, FetchRequest } from '../core/index.ts'

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
  if (/ERR_PROXY_AUTH|ERR_TUNNEL_CONNECTION_FAILED/.test(message)) return 'proxy_auth'
  if (/TIMED_OUT/.test(message)) return 'timeout'
  return 'unreachable'
}

/**
 * One HTTP exchange through Chromium's network stack: system proxy, operating system certificates, no cookies, no
 * cache. Redirects are not followed: a hub never redirects, a captive portal does. Silence of `timeoutMs` aborts.
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
      session: session.fromPartition('hub', { cache: false }),
    })
    let settled = false
    let timer: NodeJS.Timeout
    const finish = (act: () => void) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      act()
    }
    const fail = (kind: FetchFailure, message: string) =>
      finish(() => reject(new HubFetchError(kind, message)))
    const heard = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        fail('timeout', `no byte for ${wanted.timeoutMs} ms`)
        request.abort()
      }, wanted.timeoutMs)
    }
    for (const [name, value] of Object.entries(wanted.headers)) request.setHeader(name, value)
    request.on('redirect', (status, _method, location) => {
      finish(() => resolve({ status, url: location, headers: {}, body: new Uint8Array(), wireBytes: 0 }))
      request.abort()
    })
    request.on('login', (_info, answer) => answer())
    request.on('error', (error) => fail(failureOf(error.message), error.message))
    request.on('abort', () => fail('aborted', 'aborted'))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => {
        heard()
        chunks.push(chunk)
      })
      response.on('error', (error: Error) => fail(failureOf(error.message), error.message))
      response.on('aborted', () => fail('unreachable', 'answer cut off'))
      response.on('end', () => {
        const body = new Uint8Array(Buffer.concat(chunks))
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        )
        const wireBytes = Number(headers['content-length'] ?? body.length)
        finish(() => resolve({ status: response.statusCode, url: wanted.url, headers, body, wireBytes }))
      })
    })
    heard()
    if (wanted.body) request.write(Buffer.from(wanted.body))
    request.end()
  })
}
