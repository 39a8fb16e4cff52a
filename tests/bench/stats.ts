import { loadavg } from 'node:os'

/** Value below which `share` (0–1) of the numbers lie. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)
export const p95 = (numbers: readonly number[]): number => quantile(numbers, 0.95)

export const seconds = (s: number): string => `${s.toFixed(2)} s`
export const millis = (ms: number): string => `${ms.toFixed(ms < 10 ? 2 : 1)} ms`
export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(2)} kB`

/** How busy the machine is, for whoever reads a wall time later. */
export const load = (): string =>
  loadavg()
    .map((n) => n.toFixed(1))
    .join(' ')

/** Prints a heading and rows in columns; the first column is words, the others are set to the right. */
export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  console.log(`\n${title}   (load ${load()})`)
  for (const row of rows) {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
    console.log(`  ${cells.join('   ').trimEnd()}`)
  }
}
