import type { KnipConfig } from 'knip'

/** Style sheets load packages too (fonts): their imports and url()s, as import statements for knip to read. */
const readStyles = (text: string) =>
  [...text.matchAll(/(?:@import\s+|url\()\s*['"]([^'":#]+)['"]/g)]
    .map(([, from]) => `import '${from}'`)
    .join('\n')

export default {
  entry: [
    'electron/main.ts',
    'electron/preload.ts',
    'electron/core/worker.ts',
    'electron/core/db/check-worker.ts',
    'electron/hub/process.ts',
    'renderer/index.html',
    'renderer/main.tsx',
    'scripts/*.{mjs,ts}',
    'scripts/setup/default-app/main.js',
    'scripts/setup/try-binding.cjs',
    'tests/**/*.{test,spec}.{ts,tsx}',
    'tests/bench/{alias,enqueue,queries,quick}.ts',
    // Bundled, or started in processes of their own.
    'tests/bench/sync/{main,ours,hub-server,peer-server,plain-sqlite}.ts',
    'tests/bench/peers/*.mjs',
    'tests/sim/main.ts',
    'tests/sync/crash-child.ts',
    'tests/crash/{child,run}.ts',
    'tests/renderer/dev-page/{main,vite.config}.ts',
  ],
  project: ['{electron,renderer,scripts,shared,tests}/**/*.{ts,tsx,mjs,cjs,js,css}'],
  paths: { '@shared/*': ['./shared/*'] },
  compilers: { css: readStyles },
  // A type that only its own file uses may still be the name a reader looks for.
  ignoreExportsUsedInFile: true,
  exclude: ['types'],
  // TypeScript finds these types by name; the package's own are out of its reach (its exports name no types).
  ignoreDependencies: ['@types/better-sqlite3'],
  ignoreBinaries: ['Xvfb', 'chromium', 'mount', 'umount', 'cc'],
} satisfies KnipConfig
