import { drawFrom, type Draw } from './random.ts'
import type { Faults } from './world.ts'

/** One thing that happens in a run. `name` makes its own stream of draws, so steps can be left out one by one. */
export interface Step {
  name: string
  at: number
  kind:
    | 'act'
    | 'citizen'
    | 'message'
    | 'kill'
    | 'dieAtWrite'
    | 'dieAfterCommit'
    | 'boot'
    | 'switch'
    | 'handOver'
    | 'cut'
    | 'hubDies'
    | 'backup'
    | 'restoreHub'
    | 'image'
    | 'restoreDisk'
    | 'clone'
    | 'expire'
    | 'leap'
    | 'skew'
    | 'tidy'
}

/** What people are mostly busy with. */
export type Theme = 'everything' | 'answers' | 'letters'

/** Everything about a run that its seed decides. */
export interface Plan {
  seed: number
  desks: number
  theme: Theme
  engine: 'memory' | 'sql'
  disk: 'memory' | 'file'
  faults: Faults
  /** Most changes in a page of the feed. */
  page: number
  steps: Step[]
  /** Length of the unsafe phase, ms. */
  span: number
}

/** Every how many seeds the real SQL engine and encrypted files are used. */
export const REAL_EVERY = 50

/** Draws a plan: swarm testing, so each run has a few kinds of fault, and much of them. */
export function planOf(seed: number, size = 1): Plan {
  const draw = drawFrom(`plan/${seed}`)
  const real = seed % REAL_EVERY === 0
  const rate = (most: number) => (draw.chance(0.45) ? draw.next() * most : 0)
  const faults: Faults = {
    loseRequest: rate(0.2),
    loseAnswer: rate(0.3),
    duplicate: rate(0.3),
    truncate: rate(0.15),
    html: rate(0.15),
    redirect: rate(0.1),
    serverError: rate(0.15),
    stale: rate(0.25),
    slow: rate(0.3),
    hubDies: real ? 0 : rate(0.1),
    deskDies: rate(0.3),
  }
  const weights: Partial<Record<Step['kind'], number>> = {
    act: 60,
    citizen: 3,
    message: 4,
    boot: 6,
    switch: 4,
    tidy: 0.5,
    ...some(draw, {
      kill: 4,
      dieAtWrite: 5,
      dieAfterCommit: 4,
      cut: 5,
      leap: 1,
      skew: 1,
      expire: 1.5,
      handOver: 2,
    }),
    ...(real ? {} : some(draw, { hubDies: 3, image: 2, restoreDisk: 1, clone: 0.7 }, 0.4)),
    ...(!real && draw.chance(0.25) ? { backup: 1.5, restoreHub: 3 } : {}),
  }
  const span = (4 + draw.below(12)) * 60_000
  const count = Math.round((30 + draw.below(90)) * size * (real ? 0.5 : 1))
  const steps = Array.from({ length: count }, (_, i): Step => ({
    name: `${seed}/${i}`,
    at: draw.below(span),
    kind: draw.weighted(weights) as Step['kind'],
  })).sort((a, b) => a.at - b.at)
  const desks = real ? 2 + draw.below(3) : 2 + draw.below(draw.chance(0.2) ? 9 : 4)
  const page = draw.chance(0.5) ? 500 : 2 + draw.below(20)
  const theme = draw.pick(['everything', 'answers', 'letters'] as const)
  return {
    seed,
    desks,
    theme,
    page,
    engine: real ? 'sql' : 'memory',
    disk: real ? 'file' : 'memory',
    faults,
    steps,
    span,
  }
}

function some<T extends object>(draw: Draw, weights: T, share = 0.55): Partial<T> {
  return Object.fromEntries(Object.entries(weights).filter(() => draw.chance(share))) as Partial<T>
}
