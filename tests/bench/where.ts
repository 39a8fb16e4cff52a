import { Session } from 'node:inspector/promises'

/** Parts of an exchange by the function under which their time is spent; the innermost one counts. */
const PARTS: readonly (readonly [part: string, ...functions: string[]])[] = [
  ['overlay (report_current)', 'projectReport'],
  ['waiting for the hub', '(idle)'],
  ['memory', '(garbage collector)'],
  ['mirror rows', 'writeRow'],
  ['files', 'wantFiles'],
  ['schemas', 'safeParse', 'judge'],
  ['JSON.parse', 'hubJson'],
  [
    'fetch',
    'nodeFetch',
    'processImmediate',
    'onStreamRead',
    'processChunk',
    'onParserExecute',
    'flushCallback',
  ],
  ['commit (cipher, disk)', 'sqliteTransaction'],
  ['rest of the page', 'applyPage'],
]
const PART_OF = new Map(PARTS.flatMap(([part, ...names]) => names.map((name) => [name, part] as const)))
/** Microseconds between two looks. */
const INTERVAL = 500

/** Runs `act` under the sampling profiler; answers seconds by part, the longest first. */
export async function whereTimeGoes(act: () => Promise<void>): Promise<[part: string, s: number][]> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL })
  await session.post('Profiler.start')
  await act()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()

  const part = new Map<number, string>()
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const visit = (id: number, above: string): void => {
    const node = nodes.get(id)!
    const mine = PART_OF.get(node.callFrame.functionName) ?? above
    part.set(id, mine)
    for (const child of node.children ?? []) visit(child, mine)
  }
  visit(profile.nodes[0]!.id, 'other')
  const total = new Map<string, number>()
  for (const [i, id] of (profile.samples ?? []).entries()) {
    const name = part.get(id) ?? 'other'
    total.set(name, (total.get(name) ?? 0) + (profile.timeDeltas?.[i] ?? 0) / 1e6)
  }
  return [...total].sort((a, b) => b[1] - a[1])
}
