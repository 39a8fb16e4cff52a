import { SetupError } from './say.mjs'

const OLDEST = { major: 20, minor: 19 }

/** True when a version such as "20.19.4" is new enough to start the set-up. */
export function isNodeNewEnough(/** @type {string} */ version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)
}

/** Throws SetupError when the Node that runs us is too old for the tools. */
export function requireNode(version = process.versions.node) {
  if (isNodeNewEnough(version)) return
  throw new SetupError(
    `Node ${version} terlalu lama: pasang Node 20.19 atau yang lebih baru (nodejs.org), lalu ulangi perintah ini.`,
    `Node ${version} is too old: install Node 20.19 or newer (nodejs.org), then run this command again.`,
  )
}
