/** `npm run check:imports [folder]`: the import rules of .dependency-cruiser.mjs, one line per violation. */
import { cruise } from 'dependency-cruiser'
import { existsSync } from 'node:fs'
import path from 'node:path'
import config from '../.dependency-cruiser.mjs'
import { root } from './setup/process.mjs'

const ROOMS = ['shared', 'electron', 'renderer', 'scripts', 'tests']

/**
 * Checks the rooms below `folder`. Through the library and not its command, because the command warns on every
 * run that it does not know TypeScript 7, which swc reads for it.
 * @param {string} folder absolute
 * @returns {Promise<{ files: number, violations: { rule: string, from: string, to: string, cycle: string[] }[] }>}
 */
export async function checkImports(folder) {
  const rooms = ROOMS.filter((room) => existsSync(path.join(folder, room)))
  const { output } = await cruise(
    rooms,
    {
      ...config.options,
      ruleSet: { forbidden: config.forbidden },
      validate: true,
      outputType: 'json',
      baseDir: folder,
    },
    {
      alias: { '@shared': path.join(folder, 'shared') },
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  )
  const result = JSON.parse(/** @type {string} */ (output))
  return {
    files: result.summary.totalCruised,
    violations: result.summary.violations.map((/** @type {any} */ found) => ({
      rule: found.rule.name,
      from: found.from,
      to: found.to,
      cycle: (found.cycle ?? []).map((/** @type {any} */ step) => step.name ?? step),
    })),
  }
}

if (process.argv[1] === import.meta.filename) {
  const { files, violations } = await checkImports(path.resolve(process.argv[2] ?? root))
  for (const { rule, from, to, cycle } of violations) {
    const why = config.forbidden?.find((one) => one.name === rule)?.comment ?? ''
    console.error(`${from} → ${cycle.length > 0 ? cycle.join(' → ') : to}\n    ${rule}: ${why}`)
  }
  console.log(`imports: ${files} files, ${violations.length} violations`)
  process.exitCode = violations.length > 0 ? 1 : 0
}
