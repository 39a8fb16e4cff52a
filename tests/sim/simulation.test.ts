import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { bundleSimulator, plant } from '../../scripts/setup/sim-bundle.mjs'
import { hunt, simulate } from '../../scripts/setup/sim-hunt.mjs'
import { MUTANTS } from '../../scripts/setup/sim-mutants.mjs'
import { SOMETIMES } from './sometimes.ts'

let simulator: string

beforeAll(async () => {
  simulator = await bundleSimulator()
})

// Verifies SYNC-01, SYNC-02, SYNC-03, SYNC-04, SYNC-05, SYNC-06, SYNC-07, APPR-01, APPR-02, PRIV-01, LETT-01, AUDIT-01, DRAFT-01
test('300 seeds break no rule, and every eleventh repeats itself exactly', { timeout: 600_000 }, async () => {
  const told = await simulate(simulator, '--seeds', '300', '--size', '0.3', '--twice', '11')
  expect(told.failures).toEqual([])
  expect(told.ran).toBe(300)
  const never = SOMETIMES.filter((what) => !told.counts[what])
  expect(never, 'what has to happen somewhere in 300 seeds').toEqual([])
})

test('every planted bug still fits the code it is planted in', () => {
  for (const mutant of MUTANTS) {
    const plugin = plant(mutant)
    const file = new URL(`../../${mutant.file}`, import.meta.url).pathname
    const planted = plugin.transform(readFileSync(file, 'utf8'), file)
    expect(planted?.code, mutant.name).not.toBe(readFileSync(file, 'utf8'))
  }
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length)
  expect(() =>
    plant({ name: 'x', file: 'package.json', search: 'no such text', replace: '' }).transform(
      '',
      new URL('../../package.json', import.meta.url).pathname,
    ),
  ).toThrow('0 times')
})

// The whole table is `npm run sim:mutants`; these few cost seconds and show that the simulator still sees.
test.each([
  'no idempotency',
  'outbox row settled when sent',
  'lease counter stands still',
  'no order on a report',
  'cursor skips at the page end',
])('the simulator finds "%s" within 20 seeds', { timeout: 240_000 }, async (name) => {
  const mutant = MUTANTS.find((one) => one.name === name)!
  expect(await hunt(mutant, simulator, 20)).not.toBeNull()
})
