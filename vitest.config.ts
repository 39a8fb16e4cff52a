import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const alias = { '@shared': resolve(import.meta.dirname, 'shared') }

/** Tests of one room; a folder that does not exist yet is no error. */
const room = (name: string, ...folders: string[]) => ({
  resolve: { alias },
  test: {
    name,
    environment: 'node' as const,
    include: folders.map((folder) => `tests/${folder}/**/*.test.{ts,tsx}`),
    exclude: ['**/fixtures/**', '**/node_modules/**'],
    // Generous, because a busy two-core machine is the rule; finite, because a hang must fail.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})

export default defineConfig({
  test: {
    // Processes, not threads: SQLite's native code and the worker-thread tests are kept apart. Two cores.
    pool: 'forks',
    maxWorkers: 2,
    // The app's zone is given, never taken from the machine: a test that forgets shows up as a failure here.
    env: { TZ: 'Asia/Jayapura' },
    passWithNoTests: false,
    projects: [
      room('shared', 'shared'),
      room('core', 'core', 'sync', 'contract', 'crash', 'link'),
      room('hub', 'hub'),
      room('scripts', 'scripts'),
      room('sim', 'sim'),
      // A renderer test that needs a DOM says so in its first line: `// @vitest-environment happy-dom`.
      room('renderer', 'renderer'),
    ],
  },
})
