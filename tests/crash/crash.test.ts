import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FullDisk } from './full-disk.ts'
import { killRig } from './kill.ts'
import { powerRig } from './power.ts'
import { crashFolder, runChild, shim } from './shim.ts'

// The rigs in short; `npm run crash:kill` and `npm run crash:power` run them in full.

test('a desk killed at any moment has everything it had acknowledged', { timeout: 90_000 }, async () => {
  // Verifies SYNC-01, SYNC-03, DRAFT-01, AUDIT-01
  const report = await killRig(12, 7)
  expect(report.wrong).toEqual([])
  expect(report.acknowledged).toBeGreaterThan(20)
})

// The shim replaces libc's calls: without Linux and a C compiler there is nothing to replace.
const onLinux = test.runIf(shim() !== null)

onLinux(
  'after any power cut, and a second one while recovering, migrating or restoring, nothing acknowledged is missing',
  async () => {
    // Verifies SYNC-01, SYNC-03, DRAFT-01, AUDIT-01
    const report = await powerRig(300, 7, 100)
    expect(report.wrong).toEqual([])
    // Every kind of moment was among them.
    expect(Object.values(report.during).every((cuts) => cuts > 0)).toBe(true)
    expect(report.finished).toBeGreaterThan(0)
    expect(report.redone).toBeGreaterThan(0)
  },
  90_000,
)

onLinux.each([
  ['without ballast: refused in words, nothing half saved', '0'],
  ['with ballast: every act and draft is saved', '1'],
])(
  'a disk that fills up at any write, %s',
  async (_, ballast) => {
    // Verifies SYNC-01
    const root = join(crashFolder(), 'full')
    mkdirSync(root)
    const said = await runChild(['full', root, ballast, '41'], { root, log: '/dev/null' })
    const results = said
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as FullDisk)
    rmSync(join(root, '..'), { recursive: true })
    expect(results.flatMap((one) => one.wrong)).toEqual([])
    expect(results.length).toBeGreaterThan(10)
    expect(results.some((one) => (ballast === '1' ? one.released : one.refused > 0))).toBe(true)
  },
  90_000,
)
