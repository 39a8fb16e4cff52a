import path from 'node:path'
import { root } from './process.mjs'

/** A planted bug: in `file`, `search` (found exactly once) becomes `replace`. @typedef {{ name: string, file: string, search: string, replace: string }} Mutant */

/**
 * Plants a bug while the simulator is being bundled. Product files and builds never contain it.
 * @param {Mutant} mutant
 */
export function plant(mutant) {
  const target = path.join(root, mutant.file)
  const plugin = {
    name: 'plant',
    enforce: /** @type {const} */ ('pre'),
    planted: false,
    /** @param {string} code @param {string} id */
    transform(code, id) {
      if (path.resolve(id) !== target) return null
      const found = code.split(mutant.search).length - 1
      if (found !== 1) throw new Error(`mutant ${mutant.name}: its text is ${found} times in ${mutant.file}`)
      plugin.planted = true
      return { code: code.replace(mutant.search, () => mutant.replace), map: null }
    },
  }
  return plugin
}

/**
 * Bundles the simulator, as it is or with a bug planted; answers the file to run.
 * @param {Mutant} [mutant]
 */
export async function bundleSimulator(mutant) {
  const { build } = await import('vite')
  const name = mutant ? mutant.name.replaceAll(/[^a-z0-9]+/gi, '-') : 'base'
  const outDir = path.join(root, '.cache/sim', name)
  const plugin = mutant ? plant(mutant) : null
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '@shared': path.join(root, 'shared') } },
    plugins: plugin ? [plugin] : [],
    build: {
      ssr: path.join(root, 'tests/sim/main.ts'),
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'sim.mjs' } },
    },
  })
  if (mutant && !plugin?.planted)
    throw new Error(`mutant ${mutant.name}: ${mutant.file} is not in the bundle`)
  return path.join(outDir, 'sim.mjs')
}
