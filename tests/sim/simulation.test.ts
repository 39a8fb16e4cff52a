import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { localNode, withLocalTools } from '../../scripts/setup/process.mjs'
import { bundleSimulator, plant } from '../../scripts/setup/sim-bundle.mjs'
import { MUTANTS } from '../../scripts/setup/sim-mutants.mjs'
import { readFileSync } from 'node:fs'

interface Told {
  ran: number
  failures: { seed: number; rule: string; message: string }[]
  counts: Record<string, number>
}

const exec = promisify(execFile)
let simulator: string

/** Runs the bundled simulator in a process of its own, as `npm run sim` does. */
async function simulate(...words: string[]): Promise<Told> {
  const run = exec(localNode, [simulator, ...words, '--json'], {
    env: withLocalTools(process.env) as NodeJS.ProcessEnv,
    maxBuffer: 2 ** 26,
  })
  // Found failures end the process with 1; they are told all the same.
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told
}

beforeAll(async () => {
  simulator = await bundleSimulator()
})

// Verifies SYNC-01, SYNC-02, SYNC-03, SYNC-04, SYNC-05, SYNC-06, SYNC-07, APPR-01, APPR-02, PRIV-01, LETT-01, AUDIT-01, DRAFT-01
test('300 seeds break no rule, and every eleventh repeats itself exactly', { timeout: 300_000 }, async () => {
  const told = await simulate('--seeds', '300', '--size', '0.3', '--twice', '11')
  expect(told.failures).toEqual([])
  expect(told.ran).toBe(300)
  // A fault that never happens proves nothing.
  for (const fault of [
    'hub died',
    'desk killed',
    'net.answer lost',
    'net.duplicated',
    'net.stale answer',
    'published',
  ])
    expect(told.counts[fault], fault).toBeGreaterThan(10)
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
