/** `npm run crash:kill -- --kills N`, `npm run crash:power -- --cuts N` and the full disk, in full length. */
import { parseArgs } from 'node:util'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FullDisk } from './full-disk.ts'
import { killRig } from './kill.ts'
import { powerRig } from './power.ts'
import { crashFolder, runChild, shim } from './shim.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '1000' },
    cuts: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
})
const tell = (words: string) => console.log(words)
const startedAt = performance.now()
let wrong: string[] = []

if (positionals[0] === 'kill') {
  const report = await killRig(Number(values.kills), Number(values.seed), tell)
  wrong = report.wrong
  console.log({ ...report, wrong: wrong.length })
} else if (!shim()) {
  wrong = ['the power rig needs Linux and a C compiler (cc)']
} else if (positionals[0] === 'power') {
  const report = await powerRig(Number(values.cuts), Number(values.seed), 400, tell)
  wrong = report.wrong
  console.log({ ...report, wrong: wrong.length })
  for (const ballast of ['0', '1']) wrong.push(...(await fullDisk(ballast)))
} else wrong = ['kill or power?']

async function fullDisk(ballast: string): Promise<string[]> {
  const base = crashFolder()
  mkdirSync(join(base, 'full'))
  const said = await runChild(['full', join(base, 'full'), ballast, '1'], {
    root: join(base, 'full'),
    log: '/dev/null',
  })
  rmSync(base, { recursive: true, force: true })
  const results = said
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as FullDisk)
  const bad = results.flatMap((one) =>
    one.wrong.map((words) => `full disk, ${one.scenario} ${one.n}: ${words}`),
  )
  const released = results.filter((one) => one.released).length
  const refused = results.filter((one) => one.refused > 0).length
  for (const words of bad.slice(0, 40)) console.error(words)
  console.log({ fullDisk: results.length, ballast: ballast === '1', released, refused, wrong: bad.length })
  return bad
}

console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s, ${wrong.length} wrong`)
process.exitCode = wrong.length === 0 ? 0 : 1
