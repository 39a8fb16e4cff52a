import { parseArgs } from 'node:util'
import { ENTRANTS, OURS, type EntrantName } from './line-up.ts'

export const PARTS = ['mirror', 'link', 'blocking', 'idle'] as const
export type Part = (typeof PARTS)[number]

/** What a run measures. */
export interface Options {
  parts: readonly Part[]
  /** Sizes of the data set, ascending. */
  reports: readonly number[]
  rounds: number
  /** Who mirrors. */
  entrants: readonly EntrantName[]
  /** Without the other engines: nothing is installed. */
  peers: boolean
  /** Reports in the app while its main process is watched. */
  inApp: number
}

export const HELP = `npm run bench:sync -- [--only=${PARTS.join(',')}] [--reports=20000,100000,300000] [--rounds=3] [--no-peers] [--quick]
  --entrants: who mirrors, of ${Object.keys(ENTRANTS).join(', ')}
  --quick: 10,000 reports, one round, no bad link for the others; for whoever changes the sync`

/** Reads the command line. Throws on what it does not know. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      reports: { type: 'string' },
      rounds: { type: 'string' },
      entrants: { type: 'string' },
      quick: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
    allowNegative: true,
  })
  if (values.help) return null
  const parts = (values.only?.split(',') ?? PARTS) as Part[]
  const unknown = parts.filter((part) => !PARTS.includes(part))
  if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}\n${HELP}`)
  const all = Object.keys(values.peers ? ENTRANTS : OURS)
  const entrants = (values.entrants?.split(',') ?? all) as EntrantName[]
  const strangers = entrants.filter((name) => !(name in ENTRANTS))
  if (strangers.length > 0) throw new Error(`nobody is called ${strangers.join(', ')}\n${HELP}`)
  const reports = numbers(values.reports ?? (values.quick ? '10000' : '20000,100000,300000'))
  const [rounds] = numbers(values.rounds ?? (values.quick ? '1' : '3'))
  return {
    parts,
    reports,
    rounds: rounds!,
    entrants,
    peers: values.peers,
    inApp: values.quick ? 10_000 : 100_000,
  }
}

function numbers(text: string): number[] {
  const found = text.split(',').map(Number)
  if (found.some((n) => !Number.isInteger(n) || n < 1))
    throw new Error(`not a list of numbers: ${text}\n${HELP}`)
  return found.toSorted((a, b) => a - b)
}
