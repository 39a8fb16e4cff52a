import { expect, test } from 'vitest'
import { AppError, LINK_FAILURES } from '@shared/ipc/errors.ts'
import { ExchangeResponse } from '@shared/sync/exchange.ts'
import { FetchError } from '../../../electron/core/host.ts'
import { fetchFailure, judge, judgeFile, retryAfter } from '../../../electron/core/hub-client/judge.ts'
import { ASKED, PORTALS } from '../../fixtures/portals.ts'

const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'ok'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

// Verifies SYNC-05
test.each(PORTALS)('$name is $code, as an answer and as a file', ({ answer, code }) => {
  expect(codeOf(() => judge(answer, ASKED, ExchangeResponse))).toBe(code)
  expect(codeOf(() => judgeFile(answer, ASKED))).not.toBe('ok')
})

test('there are pages enough of every kind', () => {
  expect(PORTALS.length).toBeGreaterThanOrEqual(25)
  const codes = new Set(PORTALS.map(({ code }) => code))
  for (const code of LINK_FAILURES) if (code !== 'tls_untrusted') expect([...codes]).toContain(code)
})

test('a failed request is said by what failed: certificate, proxy, or nothing there', () => {
  const said = (kind: FetchError['kind']) => (fetchFailure(new FetchError(kind, 'x')) as AppError).code
  expect([said('tls'), said('proxy_auth')]).toEqual(['tls_untrusted', 'proxy_login'])
  expect([said('unreachable'), said('timeout'), said('aborted')]).toEqual(Array(3).fill('hub_unreachable'))
  // Errors lose their class between threads.
  expect((fetchFailure({ kind: 'tls' }) as AppError).code).toBe('tls_untrusted')
  expect((fetchFailure({ kind: 'of the future' }) as AppError).code).toBe('hub_unreachable')
  const bug = new TypeError('bug')
  expect(fetchFailure(bug)).toBe(bug)
})

test('a wait that is asked for is read in seconds and as a date, and only where it means one', () => {
  const now = Date.UTC(2026, 10, 24)
  const said = (status: number, text?: string) =>
    retryAfter({ status, headers: text === undefined ? {} : { 'retry-after': text } }, now)
  expect([said(503, '120'), said(429, '7'), said(503, ' 0 ')]).toEqual([120_000, 7000, 0])
  expect(said(503, new Date(now + 60_000).toUTCString())).toBe(60_000)
  expect([said(503), said(200, '120'), said(503, 'besok'), said(503, '-5'), said(503, '1e99')]).toEqual(
    Array(5).fill(null),
  )
  expect(said(503, new Date(now - 60_000).toUTCString())).toBeNull()
})
