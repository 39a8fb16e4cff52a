import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saveStatement } from '../../electron/core/commands/save-statement.ts'
import { duration, renderStatement } from '../../electron/core/letters/render-statement.ts'
import { printAssets } from '../../electron/core/letters/letter-assets.ts'
import { outageReport } from '../../electron/core/queries/outages.ts'
import { logLink } from '../../electron/core/sync/link-log.ts'
import {
  LEAST_OUTAGE_MS,
  outageDays,
  outagesOf,
  unwatchedMs,
  watchedMs,
  type LinkRow,
} from '../../shared/domain/outages.ts'
import { makeDesk } from '../core/make-desk.ts'
import { realPrinter } from '../core/office.ts'
import { profile } from '../core/letters/fixtures.ts'

const MIN = 60_000
const HOUR = 60 * MIN
const row = (minute: number, result = 'ok', durationMs = 0): LinkRow => ({
  at: minute * MIN,
  result,
  durationMs,
})
const down = (from: number, to: number, step = 5) => {
  const rows: LinkRow[] = []
  for (let m = from; m <= to; m += step) rows.push(row(m, 'hub_unreachable'))
  return rows
}

test('an outage is from the last success to the next one, with its causes and tries', () => {
  const rows = [row(0), ...down(5, 30), row(35, 'login_page'), row(40), row(45)]
  const [outage, ...more] = outagesOf(rows, 50 * MIN)
  expect(more).toEqual([])
  expect(outage).toMatchObject({
    from: 0,
    to: 40 * MIN,
    tries: 7,
    reasons: ['hub_unreachable', 'login_page'],
  })
  expect([watchedMs(outage!), unwatchedMs(outage!)]).toEqual([40 * MIN, 0])
})

test('less than ten minutes is no outage, and neither is what is not the link’s', () => {
  expect(outagesOf([row(0), row(5, 'hub_unreachable'), row(9)], HOUR)).toEqual([])
  expect(outagesOf([row(0), ...down(5, 5), row(10)], HOUR)).toHaveLength(1)
  for (const result of ['disk_full', 'locked', 'internal', 'device_revoked', 'sync_stuck', 'hub_too_new'])
    expect(outagesOf([row(0), row(5, result), row(10, result), row(30)], HOUR)).toEqual([])
  expect(
    outagesOf([row(0), row(5, 'hub_error'), row(12, 'hub_error'), row(13, 'resync')], HOUR),
  ).toHaveLength(1)
})

test('a night with the computer off proves nothing about the night', () => {
  const evening = [row(0), ...down(5, 60)]
  const morning = [...down(15 * 60, 16 * 60), row(16 * 60 + 5)]
  const [outage] = outagesOf([...evening, ...morning], 17 * HOUR)
  expect(watchedMs(outage!)).toBe(60 * MIN + 65 * MIN)
  expect(unwatchedMs(outage!)).toBe(14 * HOUR)
  // Off, then a failure at once: it began when it was seen.
  expect(outagesOf([row(0), ...down(900, 920), row(925)], 99 * HOUR)[0]!.from).toBe(900 * MIN)
  // Failing, then off, then fine: it ended when it was last seen.
  expect(outagesOf([row(0), ...down(5, 30), row(900)], 99 * HOUR)[0]!.to).toBe(30 * MIN)
})

test('an outage that lasts has no end, and lasts only while someone looks', () => {
  const rows = [row(0), ...down(5, 60)]
  expect(outagesOf(rows, 65 * MIN)[0]).toMatchObject({ from: 0, to: null })
  expect(watchedMs(outagesOf(rows, 65 * MIN)[0]!)).toBe(65 * MIN)
  expect(watchedMs(outagesOf(rows, 65 * HOUR)[0]!)).toBe(60 * MIN)
})

test('totals per day are cut at the office’s midnight', () => {
  const midnight = 15 * HOUR
  const at = (ms: number) => ms / MIN
  const rows = [
    row(at(midnight - HOUR)),
    ...down(at(midnight - HOUR) + 5, at(midnight + 2 * HOUR)),
    row(at(midnight + 2 * HOUR) + 5),
  ]
  expect(outageDays(outagesOf(rows, 99 * HOUR), 540)).toEqual([
    { date: '1970-01-01', ms: HOUR, outages: 1 },
    { date: '1970-01-02', ms: 2 * HOUR + 5 * MIN, outages: 1 },
  ])
})

test('whatever the log says, outages are ordered, apart, at least ten minutes, and their days add up', () => {
  const rows = fc.array(
    fc.record({
      at: fc.integer({ min: -HOUR, max: 40 * HOUR }),
      result: fc.constantFrom('ok', 'resync', 'hub_unreachable', 'login_page', 'internal', 'brand_new'),
      durationMs: fc.integer({ min: -5, max: 2 * MIN }),
    }),
    { maxLength: 80 },
  )
  fc.assert(
    fc.property(rows, fc.boolean(), (list, sorted) => {
      const log = sorted ? list.toSorted((a, b) => a.at - b.at) : list
      const outages = outagesOf(log, 50 * HOUR)
      for (const outage of outages) {
        expect(watchedMs(outage)).toBeGreaterThanOrEqual(LEAST_OUTAGE_MS)
        expect(unwatchedMs(outage)).toBeGreaterThanOrEqual(0)
        for (const span of outage.spans) expect(span.to).toBeGreaterThanOrEqual(span.from)
      }
      const total = outages.reduce((sum, outage) => sum + watchedMs(outage), 0)
      expect(outageDays(outages, 540).reduce((sum, day) => sum + day.ms, 0)).toBe(total)
      if (sorted)
        for (const [i, outage] of outages.entries())
          if (i > 0) expect(outage.from).toBeGreaterThanOrEqual(outages[i - 1]!.spans.at(-1)!.to)
    }),
  )
})

test('the desk reports a period, begins outages before it at its start, and saves a statement without people', async () => {
  // Verifies PRIV-01
  const t = makeDesk()
  const { db, desk, host } = t
  const printed = realPrinter(t)
  const saved: string[] = []
  host.saveFile = (name, bytes) => {
    saved.push(`${name} ${Buffer.from(bytes.subarray(0, 5)).toString()}`)
    return Promise.resolve(true)
  }
  const log = (at: number, result: string) =>
    logLink(db, {
      at,
      carrier: 'https',
      result,
      sent: 0,
      received: 0,
      bytesUp: 0,
      bytesDown: 0,
      durationMs: 0,
    })
  const now = host.now()
  for (let hour = 60; hour > 30; hour -= 0.1) log(now - hour * HOUR, 'hub_unreachable')
  log(now - 30 * HOUR, 'ok')
  expect(outageReport(desk, 1).outages).toEqual([])
  const report = outageReport(desk, 4)
  expect(report.outages).toHaveLength(1)
  expect(report.totalMs).toBeCloseTo(30 * HOUR, -5)
  // It began before the third day back did.
  expect(outageReport(desk, 3).outages[0]!.from).toBe(outageReport(desk, 3).since)
  expect(await saveStatement(desk, 4)).toEqual({ saved: true })
  expect(saved).toEqual(['Keterangan gangguan sambungan 2026-02-02.pdf %PDF-'])
  const { html } = printed[0]!
  for (const text of [
    'Keterangan gangguan sambungan',
    'kode AA',
    '30 jam',
    'Hub tidak terjangkau',
    'Cara menghitung',
  ])
    expect(html).toContain(text)
  expect(html).not.toMatch(/Maria|Tabuni|PC uji|https?:/)
})

test('a statement of a bad year still fits: the longest by name, the rest in one line', () => {
  const outages = Array.from({ length: 300 }, (_, i) => ({
    from: i * HOUR,
    to: i * HOUR + 10 * MIN,
    watchedMs: (10 + (i % 50)) * MIN,
    unwatchedMs: 0,
    tries: 3,
    reasons: ['hub_unreachable'],
  }))
  const totalMs = outages.reduce((sum, outage) => sum + outage.watchedMs, 0)
  const html = renderStatement({
    profile,
    assets: printAssets,
    zone: { utcOffsetMinutes: 540, zoneLabel: 'WIT' },
    agencyName: 'Dinas <b>PUPR</b>',
    deviceCode: 'AA',
    version: '1',
    report: { since: 0, until: 400 * HOUR, totalMs, outages, days: [] },
    clockSkewMs: -7 * MIN,
  })
  expect(html).toContain('jam komputer ini, yang terakhir 7 menit lebih lambat daripada jam hub.')
  expect(html.match(/<td>Hub tidak terjangkau/g)).toHaveLength(14)
  expect(html).toContain('286 gangguan lain yang lebih singkat')
  expect(html).not.toContain('<b>PUPR')
  expect([duration(59_000), duration(3 * HOUR), duration(61 * MIN)]).toEqual([
    '1 menit',
    '3 jam',
    '1 jam 1 menit',
  ])
})
