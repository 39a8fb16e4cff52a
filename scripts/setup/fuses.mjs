/**
 * Electron keeps a few switches ("fuses") as bytes behind a fixed marker in its binary:
 * marker, one byte version, one byte count, then one character per fuse ('1' on, '0' off, 'r' removed).
 */

const MARKER = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** The fuses we set, by their position. */
export const FUSE = { runAsNode: 0, nodeCliInspect: 3, browserV8Snapshot: 6 }

/**
 * Sets fuses in a copy of Electron's binary, in place. Throws when the marker is missing or a fuse is not there.
 * @param {Buffer} binary
 * @param {Record<number, boolean>} wanted fuse position → on
 */
export function setFuses(binary, wanted) {
  const marker = binary.indexOf(MARKER, 0, 'latin1')
  if (marker < 0) throw new Error('fuses: marker not found, this is no Electron binary')
  const first = marker + MARKER.length + 2
  const count = binary[first - 1] ?? 0
  for (const [position, on] of Object.entries(wanted)) {
    if (Number(position) >= count) throw new Error(`fuses: this Electron has ${count} fuses, not ${position}`)
    const at = first + Number(position)
    if (binary[at] === 'r'.charCodeAt(0))
      throw new Error(`fuses: fuse ${position} was removed from this Electron`)
    binary[at] = (on ? '1' : '0').charCodeAt(0)
  }
}
