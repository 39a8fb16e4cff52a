import { defineConfig } from '@playwright/test'

// The desk and its windows live in the regency's zone; main takes it from the environment.
process.env['TZ'] = 'Asia/Jayapura'

/** Recordings, not tests: they run only when asked for by name (scripts/demo.mjs, scripts/screenshots.mjs). */
const recordings = ['demo', 'screenshots']
const asked = process.env['MEJA_RECORDING']

export default defineConfig({
  testDir: 'tests/e2e',
  // One Electron at a time: two would share the screen's focus and the machine's two cores.
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/snapshots/{testFileName}/{arg}{ext}',
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : [['list']],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    timezoneId: 'Asia/Jayapura',
    locale: 'id-ID',
  },
  projects: asked
    ? [{ name: asked, testMatch: `${asked}.spec.ts`, timeout: 900_000 }]
    : [
        {
          name: 'e2e',
          testMatch: '**/*.spec.ts',
          testIgnore: recordings.map((name) => `**/${name}.spec.ts`),
        },
      ],
})
