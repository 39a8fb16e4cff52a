import { encode } from 'uqr'
import { Html } from './html.ts'

/** Side of the code without its quiet zone; 20 mm is the least a telephone reads surely from paper. */
const SYMBOL_MM = 21
const QUIET_MODULES = 4

/** A QR code (ECC M, quiet zone of 4 modules) as one black path, so that no hairlines appear between modules. */
export function qrSvg(text: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const side = size + 2 * QUIET_MODULES
  const runs: string[] = []
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      const from = x
      while (x + 1 < size && row[x + 1]) x += 1
      runs.push(`M${from + QUIET_MODULES} ${y + QUIET_MODULES}h${x - from + 1}v1H${from + QUIET_MODULES}z`)
    }
  }
  const mm = ((SYMBOL_MM / size) * side).toFixed(2)
  return new Html(
    `<svg class="qr" role="img" aria-label="Kode QR verifikasi" width="${mm}mm" height="${mm}mm" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#000" d="${runs.join('')}"/></svg>`,
  )
}
