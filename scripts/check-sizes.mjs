/** `npm run check:sizes`: no source file over 350 lines; prints the median and the 90th percentile per room. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './setup/process.mjs'

/** Lines a source file may have. */
export const LIMIT = 350

const ROOMS = ['shared', 'electron', 'renderer', 'scripts', 'tests']
const SOURCE = /\.(ts|tsx|mjs|cjs|js|css)$/

/** Value below which `share` (0–1) of the numbers lie; 0 for none. */
export function percentile(/** @type {number[]} */ numbers, /** @type {number} */ share) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Lines of every source file below a folder, as [path, lines]. */
export function countLines(/** @type {string} */ folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => /** @type {const} */ ([file, readFileSync(file, 'utf8').trimEnd().split('\n').length]))
}

if (process.argv[1] === import.meta.filename) {
  let tooLong = 0
  for (const room of ROOMS.filter((name) => existsSync(path.join(root, name)))) {
    const files = countLines(path.join(root, room))
    for (const [file, lines] of files.filter(([, count]) => count > LIMIT)) {
      console.error(`${path.relative(root, file)}: ${lines} lines, the limit is ${LIMIT}: split it`)
      tooLong++
    }
    const lines = files.map(([, count]) => count)
    const total = lines.reduce((sum, count) => sum + count, 0)
    const [median, ninety] = [percentile(lines, 0.5), percentile(lines, 0.9)]
    console.log(`${room.padEnd(9)} ${files.length} files, ${total} lines, median ${median}, p90 ${ninety}`)
  }
  process.exitCode = tooLong > 0 ? 1 : 0
}
