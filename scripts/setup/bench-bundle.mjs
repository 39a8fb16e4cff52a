import path from 'node:path'
import { root } from './process.mjs'

/**
 * Bundles the sync bench as the product is bundled, so that its processes carry no TypeScript reader in their memory;
 * answers the folder. `plain`: only what runs the core, over a SQLite that is told no key.
 */
export async function bundleSyncBench({ plain = false } = {}) {
  const { build } = await import('vite')
  const bench = path.join(root, 'tests/bench/sync')
  const names = plain ? ['ours'] : ['main', 'ours', 'hub-server', 'peer-server']
  const outDir = path.join(root, '.cache', plain ? 'bench-sync-plain' : 'bench-sync-code')
  /** @type {Record<string, string>} */
  const sqlite = plain ? { 'better-sqlite3': path.join(bench, 'plain-sqlite.ts') } : {}
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '@shared': path.join(root, 'shared'), ...sqlite } },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [name, path.join(bench, `${name}.ts`)])),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  return outDir
}
