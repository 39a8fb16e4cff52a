/**
 * What set-up says to the person at the terminal: one line per step, and one sentence per failure that names
 * the cure, in Indonesian and in English.
 */

const startedAt = performance.now()

/** Prints one line about a step; `what` is short ("npm", "electron"), `text` says what happens. */
export function say(/** @type {string} */ what, /** @type {string} */ text) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)
  console.log(`[${seconds}s] ${what}: ${text}`)
}

/** A failure the person can cure. Carries the sentence in both languages; never needs a stack trace. */
export class SetupError extends Error {
  /**
   * @param {string} indonesian what happened and the cure
   * @param {string} english the same
   */
  constructor(indonesian, english) {
    super(`${indonesian}\n${english}`)
    this.name = 'SetupError'
  }
}

/** Runs a script's main function: a SetupError prints its sentence, anything else its stack; both exit 1. */
export async function runMain(/** @type {() => Promise<number>} */ main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}
