/**
 * `npm run crash:kill -- --kills N` and `npm run crash:power -- --cuts N` in full length; the latter also fills the disk at
 * every write and flips bits (`--parts cuts,disk,flips`, `--flips N` per kind of file). `--seed` makes a run again. Ends
 * with one line and, when anything was lost or wrong, exit code 1.
 */
import { parseArgs } from 'node:util'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { flipRig, TARGETS } from './flips.ts'
import type { FullDisk } from './full-disk.ts'
import { killRig } from './kill.ts'
import { powerRig } from './power.ts'
import { crashFolder, runChild, shim } from './shim.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '1000' },
    cuts: { type: 'string', default: '10000' },
    flips: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    parts: { type: 'string', default: 'cuts,disk,flips' },
  },
})
const seed = Number(values.seed)
const tell = (words: string) => console.log(words)
const startedAt = performance.now()
const isCorrupt = (words: string) => /corrupt|audit|whole|bytes|differs|PDF|shown/.test(words)

if (positionals[0] === 'kill') await kills()
else if (positionals[0] === 'power' && shim()) await power()
else {
  console.error('kill or power? The power rig needs Linux and a C compiler (cc).')
  process.exitCode = 1
}

async function kills(): Promise<void> {
  console.log(
    'Killed: a Node process with the desk core on real files. The whole program (Electron, the core in its thread) is killed by tests/e2e/crash-loop.spec.ts.',
  )
  const { wrong, ...counts } = await killRig(Number(values.kills), seed, tell)
  console.log(counts)
  sum([`${counts.kills} kills`, `${counts.acknowledged} acknowledged`, ...lostOf(wrong)], wrong.length)
}

async function power(): Promise<void> {
  const parts = values.parts.split(',')
  const words: string[] = []
  let bad = 0
  if (parts.includes('cuts')) {
    const { wrong, ...counts } = await powerRig(Number(values.cuts), seed, 400, tell)
    console.log(counts)
    words.push(
      `${counts.cuts} cuts`,
      `${counts.acknowledged} acknowledged, looked for ${counts.checked} times`,
    )
    words.push(...lostOf(wrong))
    bad += wrong.length
  }
  if (parts.includes('disk')) {
    const [bare, ballast] = [await fullDisk('0'), await fullDisk('1')]
    words.push(`full disk at ${bare.writes + ballast.writes} writes: ${bare.wrong + ballast.wrong} wrong`)
    bad += bare.wrong + ballast.wrong
  }
  if (parts.includes('flips')) {
    const report = await flipRig(Number(values.flips), seed)
    const all = TARGETS.map((target) => ({ target, ...report[target] }))
    for (const { target, flipped, unused, missed } of all) {
      const words = unused > 0 ? ` (and ${unused} in pages not in use)` : ''
      const found = flipped - unused - missed.length
      console.log(
        `flipped bits, ${target}: ${found} of ${flipped - unused} found${words}`,
        ...missed.slice(0, 5),
      )
    }
    const missed = all.flatMap((one) => one.missed).length
    words.push(`${all.reduce((sum, one) => sum + one.flipped, 0)} bits flipped: ${missed} missed`)
    bad += missed
  }
  sum(words, bad)
}

function lostOf(wrong: readonly string[]): string[] {
  const corrupt = wrong.filter(isCorrupt).length
  return [`${wrong.length - corrupt} lost`, `${corrupt} corrupt`]
}

/** The one line a run is known by. */
function sum(words: string[], wrong: number): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
  console.log(
    `crash:${positionals[0]} seed ${seed}: ${words.join(', ')}, ${seconds} s: ${wrong === 0 ? 'ok' : 'FAILED'}`,
  )
  process.exitCode = wrong === 0 ? 0 : 1
}

async function fullDisk(ballast: string): Promise<{ writes: number; wrong: number }> {
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
    one.wrong.map((words) => `full disk, ${one.scenario} ${one.how} ${one.n}: ${words}`),
  )
  const released = results.filter((one) => one.released).length
  const refused = results.filter((one) => one.refused > 0).length
  for (const words of bad.slice(0, 40)) console.error(words)
  console.log({ fullDisk: results.length, ballast: ballast === '1', released, refused, wrong: bad.length })
  return { writes: results.length, wrong: bad.length }
}
