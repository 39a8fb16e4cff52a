import { existsSync, readFileSync } from 'node:fs'

/**
 * What a runner counted. `skipped` tests are counted as failed by the caller: a test that nobody runs proves nothing.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** One failure and nothing else: a runner that left no report has not run. @type {Counts} */
const NO_REPORT = { passed: 0, failed: 1, skipped: 0 }

/**
 * Reads a runner's JSON report with `count`; a missing or broken report counts as one failure.
 * @param {string} file
 * @param {(report: any) => Counts} count
 * @returns {Counts}
 */
export function readCounts(file, count) {
  if (!existsSync(file)) return NO_REPORT
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return NO_REPORT
  }
}

/**
 * Counts vitest's JSON report. A file that could not even be loaded has no tests in it and counts as one failure.
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Counts}
 */
export function countVitest({ testResults }) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of testResults) {
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++
      else if (test.status === 'failed') counts.failed++
      else counts.skipped++
    }
    const hasFailedTest = assertionResults.some((test) => test.status === 'failed')
    if (status === 'failed' && !hasFailedTest) counts.failed++
  }
  return counts
}

/**
 * Counts Playwright's JSON report. Its `errors` are failures outside any test (a file that does not load).
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors = [] }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}

/** Adds up what several runners counted. @returns {Counts} */
export function sumCounts(/** @type {Counts[]} */ all) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const one of all) {
    counts.passed += one.passed
    counts.failed += one.failed
    counts.skipped += one.skipped
  }
  return counts
}
