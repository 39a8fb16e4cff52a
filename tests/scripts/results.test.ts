import { expect, test } from 'vitest'
import { countPlaywright, countVitest, readCounts, sumCounts } from '../../scripts/setup/results.mjs'
import { readArguments } from '../../scripts/test.mjs'

test('vitest: passed, failed, and everything else is skipped', () => {
  const statuses = ['passed', 'passed', 'failed', 'skipped', 'todo', 'pending']
  const report = {
    testResults: [{ status: 'failed', assertionResults: statuses.map((status) => ({ status })) }],
  }
  expect(countVitest(report)).toEqual({ passed: 2, failed: 1, skipped: 3 })
})

test('vitest: a file that does not load, or fails after its tests passed, is one failure', () => {
  const report = {
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'passed' }] },
    ],
  }
  expect(countVitest(report)).toEqual({ passed: 1, failed: 2, skipped: 0 })
})

test('playwright: flaky tests and errors outside tests are failures', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 3, skipped: 2 })
})

test('a runner without a report has failed', () => {
  expect(readCounts('/nowhere/report.json', countVitest)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('counts add up', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(sumCounts([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
  expect(sumCounts([])).toEqual({ passed: 0, failed: 0, skipped: 0 })
})

test('a part can be chosen or left out, and other words go to the runner', () => {
  expect(readArguments([])).toEqual({ parts: ['check', 'unit', 'e2e'], rest: [] })
  expect(readArguments(['--only=unit', 'tests/core'])).toEqual({ parts: ['unit'], rest: ['tests/core'] })
  expect(readArguments(['--without=check']).parts).toEqual(['unit', 'e2e'])
  expect(() => readArguments(['--only=everything'])).toThrow(/check, unit, e2e/)
})
