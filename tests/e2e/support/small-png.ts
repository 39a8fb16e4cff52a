import { crc32, deflateSync } from 'node:zlib'
import type { ElectronApplication } from '@playwright/test'

/** Colours kept exactly because they cover much; the other half of the palette stands for the rest (photos, edges). */
const EXACT = 128
const PALETTE = 256

type Colour = readonly [red: number, green: number, blue: number]

/** The same picture with at most 256 colours: a quarter of the bytes, so that the repository stays small. */
export async function smallPng(app: ElectronApplication, png: Buffer): Promise<Buffer> {
  const { width, height, bitmap } = await app.evaluate(({ nativeImage }, encoded) => {
    const image = nativeImage.createFromBuffer(Buffer.from(encoded, 'base64'))
    return { ...image.getSize(), bitmap: image.toBitmap().toString('base64') }
  }, png.toString('base64'))
  const pixels = new Uint32Array(width * height)
  const bgra = Buffer.from(bitmap, 'base64')
  for (let n = 0; n < pixels.length; n++) pixels[n] = bgra.readUInt32LE(n * 4) & 0xffffff
  const palette = paletteOf(pixels)
  const near = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height)
  pixels.forEach((pixel, n) => {
    let index = near.get(pixel)
    if (index === undefined) near.set(pixel, (index = nearest(palette, colourOf(pixel))))
    rows[Math.floor(n / width) * (width + 1) + 1 + (n % width)] = index
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits, indexed colour.
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const colourOf = (pixel: number): Colour => [(pixel >> 16) & 255, (pixel >> 8) & 255, pixel & 255]

function paletteOf(pixels: Uint32Array): Colour[] {
  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const common = [...counts].toSorted((a, b) => b[1] - a[1])
  const exact = common.slice(0, EXACT).map(([pixel]) => colourOf(pixel))
  const buckets = new Map<number, { sum: [number, number, number]; count: number }>()
  for (const [pixel, count] of common.slice(EXACT)) {
    const colour = colourOf(pixel)
    const key = colour.reduce((all, part) => all * 16 + (part >> 4), 0)
    const bucket = buckets.get(key) ?? { sum: [0, 0, 0], count: 0 }
    colour.forEach((part, n) => (bucket.sum[n]! += part * count))
    bucket.count += count
    buckets.set(key, bucket)
  }
  const rest = [...buckets.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, PALETTE - exact.length)
    .map(({ sum, count }): Colour => [
      Math.round(sum[0] / count),
      Math.round(sum[1] / count),
      Math.round(sum[2] / count),
    ])
  return [...exact, ...rest]
}

function nearest(palette: readonly Colour[], [red, green, blue]: Colour): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  palette.forEach((colour, index) => {
    const distance = (colour[0] - red) ** 2 + (colour[1] - green) ** 2 + (colour[2] - blue) ** 2
    if (distance < least) [best, least] = [index, distance]
  })
  return best
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, check])
}
