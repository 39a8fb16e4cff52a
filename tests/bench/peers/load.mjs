import { createRequire } from 'node:module'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../../..')

/** Where scripts/bench-sync.mjs installs the other engines. */
export const peersDir = path.join(root, '.cache/bench-peers')

/**
 * Loads a package of another engine from its own folder of packages. SQLite is found above it: the project's own.
 * @param {string} name
 * @returns {any}
 */
export const load = (name) => createRequire(path.join(peersDir, 'package.json'))(name)

/**
 * Throws unless a number is what it must be, so that a client that silently brought less is not called fast.
 * @param {string} what @param {number} found @param {number} wanted
 */
export function mustBe(what, found, wanted) {
  if (found !== wanted) throw new Error(`${what}: ${found} instead of ${wanted}`)
}
