import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureDisplay } from './display.mjs'
import { root, run, tool, withLocalTools } from './process.mjs'
import { countPlaywright, countVitest, readCounts } from './results.mjs'
import { say } from './say.mjs'

const reports = path.join(root, '.cache/reports')

/** Path for a runner's report, with an older one removed: what is read afterwards is always of this run. */
function freshReport(/** @type {string} */ name) {
  mkdirSync(reports, { recursive: true })
  const file = path.join(reports, name)
  rmSync(file, { force: true })
  return file
}

/** A runner that ends badly although every test passed (a crash, an unhandled rejection) counts as a failure. */
function withExitCode(/** @type {import('./results.mjs').Counts} */ counts, /** @type {number} */ code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/**
 * Runs the tests that need no window, on the project's Node.
 * @param {string[]} args file names or vitest's own words
 */
export async function runVitest(args) {
  const report = freshReport('vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { command, args: words } = tool('vitest/vitest.mjs', ['run', ...reporters, ...args])
  const code = await run(command, words, { env: withLocalTools(process.env) })
  return withExitCode(readCounts(report, countVitest), code)
}

/** True when there is at least one test of the real program (they are written last). */
export function hasE2e(folder = path.join(root, 'tests/e2e')) {
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((file) => String(file).endsWith('.spec.ts'))
  )
}

/**
 * Runs Playwright on the real program, on a virtual screen where there is none.
 * @param {string[]} args file names or Playwright's own words
 * @param {Record<string, string>} env the runtime's variables (prepareDesktop), and what a recording adds
 */
export async function runPlaywright(args, env) {
  const report = freshReport('playwright.json')
  const display = await ensureDisplay()
  try {
    const { command, args: words } = tool('@playwright/test/cli.js', ['test', ...args])
    const all = { ...process.env, ...env, ...display.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    const code = await run(command, words, { env: withLocalTools(all) })
    return withExitCode(readCounts(report, countPlaywright), code)
  } finally {
    await display.stop()
  }
}

/**
 * Runs one recording (a Playwright file that makes pictures or a film instead of judging).
 * @param {{ name: string, folder: string, variable: string, args: string[] }} recording
 * @param {Record<string, string>} env
 * @returns {Promise<number>} exit code
 */
export async function runRecording({ name, folder, variable, args }, env) {
  if (!existsSync(path.join(root, `tests/e2e/${name}.spec.ts`))) {
    console.error(`tests/e2e/${name}.spec.ts belum ada / is not there yet`)
    return 1
  }
  const target = path.resolve(root, process.env[variable] ?? folder)
  mkdirSync(target, { recursive: true })
  const counts = await runPlaywright(args, { ...env, MEJA_RECORDING: name, [variable]: target })
  say(name, counts.failed === 0 ? `the result is in ${target}` : `failed; what there is lies in ${target}`)
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1
}
