import { printTable, seconds, times } from '../stats.ts'
import type { EntrantName } from './line-up.ts'
import { mid, type Results } from './mirror-part.ts'

/** Prints how costs grow with the number of reports, for ours and for the bare limit. */
export function printGrowth(mirrors: ReadonlyMap<number, Results>): void {
  const [small] = mirrors
  if (!small || mirrors.size < 2) return
  const rows = (['engine', 'limit'] as const).flatMap((name) =>
    [...mirrors].flatMap(([count, results]) => row(name, count, results, small[1])),
  )
  printTable('growth with the number of reports (a mirror should grow as they do, changes not at all)', [
    ['', 'reports', 'mirror', '×', 'CPU', '×', 'CPU a report', `100 changes`, '×'],
    ...rows,
  ])
}

function row(name: EntrantName, count: number, results: Results, first: Results): string[][] {
  const [now, before] = [results[name], first[name]]
  if (!now || !before) return []
  const wall = mid(now.mirror, (one) => one.wall)
  const cpu = mid(now.mirror, (one) => one.cpu)
  const changes = mid(now.changes, (one) => one.wall)
  return [
    [
      name === 'engine' ? 'ours, encrypted' : 'L',
      String(count),
      seconds(wall),
      times(wall / mid(before.mirror, (one) => one.wall)),
      seconds(cpu),
      times(cpu / mid(before.mirror, (one) => one.cpu)),
      `${((cpu / count) * 1e6).toFixed(0)} µs`,
      `${(changes * 1000).toFixed(1)} ms`,
      times(changes / mid(before.changes, (one) => one.wall)),
    ],
  ]
}
