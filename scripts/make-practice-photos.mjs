// Draws the pictures of the practice reports (no photograph of a real place or person is used) and writes them as
// JPEG to resources/practice/photos. Needs Chromium on the PATH; only whoever changes a scene runs it.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as places from './practice-photos/place-scenes.mjs'
import * as roads from './practice-photos/road-scenes.mjs'
import { random } from './practice-photos/shapes.mjs'

const scenes = { ...roads, ...places }
const MAX_BYTES = 60_000
const out = join(import.meta.dirname, '..', 'resources', 'practice', 'photos')

const PICTURES = [
  ['jalan-lubang-1', 'potholes', { wet: true }],
  ['jalan-lubang-2', 'potholes', { mood: 'haze', bike: true }],
  ['jalan-lubang-3', 'potholes', { mood: 'rain', wet: true }],
  ['jalan-lubang-4', 'potholes', { mood: 'dusk', bike: true }],
  ['jalan-lubang-5', 'potholes', { mood: 'day', dirt: true, wet: true }],
  ['jalan-becek-1', 'mud', {}],
  ['jalan-becek-2', 'mud', { mood: 'haze', truck: true }],
  ['jembatan-kayu-1', 'bridge', { child: true }],
  ['jembatan-kayu-2', 'bridge', { mood: 'rain' }],
  ['genangan-1', 'flood', {}],
  ['genangan-2', 'flood', { mood: 'haze', people: 1 }],
  ['genangan-3', 'flood', { mood: 'dusk', people: 3 }],
  ['got-tersumbat-1', 'ditch', {}],
  ['got-tersumbat-2', 'ditch', { mood: 'rain' }],
  ['keran-kering', 'tap', {}],
  ['keran-keruh', 'tap', { brown: true }],
  ['lampu-padam-1', 'darkLamp', {}],
  ['lampu-padam-2', 'darkLamp', { glow: true }],
  ['tiang-miring', 'darkLamp', { mood: 'dusk', bent: true }],
  ['lampu-merah-mati', 'deadSignal', {}],
  ['parkir-jalan', 'parking', {}],
  ['dermaga-rusak', 'pier', {}],
  ['sampah-1', 'rubbish', {}],
  ['sampah-2', 'rubbish', { mood: 'haze', bin: true }],
  ['sampah-3', 'rubbish', { mood: 'rain', bin: true }],
  ['pohon-tumbang', 'fallenTree', {}],
  ['puskesmas-tutup', 'building', {}],
  ['sekolah-atap', 'building', { sign: 'SD NEGERI', hole: true, queue: 2, mood: 'haze' }],
  ['pasar-los', 'market', {}],
]

function picture(seed, scene, options) {
  const next = random(seed)
  const dark = options.mood === 'night' || scene === 'darkLamp'
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 640 480"><defs>
<filter id="soft"><feGaussianBlur stdDeviation="7"/></filter>
<filter id="paint" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".035 .05" numOctaves="3" seed="${seed}" result="n"/><feDisplacementMap in="SourceGraphic" in2="n" scale="7" result="d"/><feTurbulence type="fractalNoise" baseFrequency=".7" numOctaves="2" seed="${seed + 1}" result="g"/><feColorMatrix in="g" type="matrix" values="0 0 0 0 .5 0 0 0 0 .5 0 0 0 0 .5 0 0 0 .16 0" result="grain"/><feColorMatrix in="d" type="saturate" values="1.25" result="s"/><feGaussianBlur in="s" stdDeviation=".7" result="b"/><feMerge><feMergeNode in="b"/><feMergeNode in="grain"/></feMerge></filter>
<radialGradient id="vignette" r=".75"><stop offset=".55" stop-opacity="0"/><stop offset="1" stop-opacity="${dark ? 0.55 : 0.32}"/></radialGradient></defs>
<g transform="translate(-16 -12) scale(1.05)"><g filter="url(#paint)">${scenes[scene](next, scene === 'darkLamp' ? { mood: 'night', ...options } : options)}</g></g>
<rect width="640" height="480" fill="url(#vignette)"/></svg>`
}

/** Draws one SVG on a canvas inside Chromium and gives the first JPEG, from high to low quality, that is small enough. */
function jpegOf(name, svg) {
  const script = `const image = new Image()
  image.onload = () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
    canvas.getContext('2d').drawImage(image, 0, 0)
    let url
    for (const quality of [0.82, 0.74, 0.66, 0.58, 0.5, 0.42]) {
      url = canvas.toDataURL('image/jpeg', quality)
      if (url.length * 0.75 < ${MAX_BYTES}) break
    }
    document.body.textContent = url
  }
  image.src = 'data:image/svg+xml;base64,' + ${JSON.stringify(Buffer.from(svg).toString('base64'))}`
  const page = join(work, `${name}.html`)
  writeFileSync(page, `<!doctype html><body><script>${script}</script>`)
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--virtual-time-budget=8000',
    '--dump-dom',
  ]
  const dom = execFileSync('chromium', [...flags, `file://${page}`], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const found = /data:image\/jpeg;base64,([A-Za-z0-9+/=]+)/.exec(dom)
  if (!found) throw new Error(`Chromium drew nothing for ${name}`)
  return Buffer.from(found[1], 'base64')
}

const work = mkdtempSync(join(tmpdir(), 'practice-photos-'))
mkdirSync(out, { recursive: true })
PICTURES.forEach(([name, scene, options], i) => {
  const jpeg = jpegOf(name, picture(41 + i * 17, scene, options))
  writeFileSync(join(out, `${name}.jpg`), jpeg)
  console.log(`${name}.jpg ${jpeg.length} B`)
})
rmSync(work, { recursive: true })
