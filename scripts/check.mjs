/**
 * `npm run check`: everything about the source that needs no running. All parts run, even after one failed, so that
 * one run shows all there is to correct.
 */
import path from 'node:path'
import { continueOnLocalNode } from './setup/prepare.mjs'
import { localNode, root, run, tool } from './setup/process.mjs'
import { runMain } from './setup/say.mjs'

/** @type {Record<string, { command: string, args: string[] }>} */
const PARTS = {
  types: tool('typescript/bin/tsc', ['-b']),
  lint: tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', '--report-unused-disable-directives']),
  format: tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  imports: { command: localNode, args: [path.join(root, 'scripts/check-imports.mjs')] },
  dead: tool('knip/bin/knip.js', ['--no-progress']),
  sizes: { command: localNode, args: [path.join(root, 'scripts/check-sizes.mjs')] },
}

/** Runs every check; resolves with the names of those that failed. */
export async function runChecks() {
  const failed = []
  for (const [name, { command, args }] of Object.entries(PARTS)) {
    const startedAt = performance.now()
    const code = await run(command, args)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    console.log(`check ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)`)
    if (code !== 0) failed.push(name)
  }
  return failed
}

if (process.argv[1] === import.meta.filename) {
  await runMain(async () => {
    const code = await continueOnLocalNode()
    if (code !== undefined) return code
    const failed = await runChecks()
    if (failed.length > 0) console.error(`check failed: ${failed.join(', ')}`)
    return failed.length > 0 ? 1 : 0
  })
}
