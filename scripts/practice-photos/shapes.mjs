/** Small seeded generator (mulberry32), so that every run draws the same pictures. */
export function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** An irregular closed shape around (x, y): `points` corners, radii rx and ry, each pushed in or out by `rough`. */
export function blob(next, x, y, rx, ry, fill, { points = 14, rough = 0.3, extra = '' } = {}) {
  const ring = Array.from({ length: points }, (_, i) => {
    const angle = (i / points) * Math.PI * 2
    const reach = 1 - rough / 2 + next() * rough
    return [x + Math.cos(angle) * rx * reach, y + Math.sin(angle) * ry * reach]
  })
  const mid = (a, b) => `${((a[0] + b[0]) / 2).toFixed(1)} ${((a[1] + b[1]) / 2).toFixed(1)}`
  let d = `M${mid(ring.at(-1), ring[0])}`
  ring.forEach((point, i) => {
    d += `Q${point[0].toFixed(1)} ${point[1].toFixed(1)} ${mid(point, ring[(i + 1) % points])}`
  })
  return `<path d="${d}Z" fill="${fill}" ${extra}/>`
}

/** Polygon from a list of [x, y]. */
export const poly = (points, fill, extra = '') =>
  `<polygon points="${points.map((p) => p.join(',')).join(' ')}" fill="${fill}" ${extra}/>`

export const rect = (x, y, w, h, fill, extra = '') =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${extra}/>`

export const line = (x1, y1, x2, y2, stroke, width, extra = '') =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" ${extra}/>`

const SKIES = {
  day: ['#7fb3dc', '#dcebf3'],
  haze: ['#b9c4c9', '#e8e6dd'],
  rain: ['#77828b', '#b6bdc1'],
  dusk: ['#3d4a78', '#f0a868'],
  night: ['#070b18', '#1b2438'],
}

/** Sky down to y = horizon, with clouds unless it is night. */
export function sky(next, mood, horizon = 210) {
  const [top, low] = SKIES[mood]
  let out = `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${low}"/></linearGradient>`
  out += rect(0, 0, 640, horizon + 12, 'url(#sky)')
  if (mood === 'night') return out
  for (let i = 0; i < 5; i++) {
    const shade = mood === 'rain' ? '#8d979e' : mood === 'dusk' ? '#d98f6a' : '#ffffff'
    out += blob(next, next() * 640, 20 + next() * 110, 60 + next() * 90, 12 + next() * 20, shade, {
      extra: 'opacity=".5" filter="url(#soft)"',
    })
  }
  return out
}

/** A far tree line on the horizon. */
export function treeLine(next, mood, horizon = 210) {
  const dark = mood === 'night'
  let out = ''
  for (let x = -20; x < 660; x += 22) {
    const green = dark
      ? `hsl(150 25% ${5 + next() * 3}%)`
      : `hsl(${105 + next() * 30} ${24 + next() * 16}% ${24 + next() * 14}%)`
    out += blob(next, x + next() * 14, horizon - 8 - next() * 22, 24 + next() * 16, 22 + next() * 22, green, {
      points: 11,
      rough: 0.5,
    })
  }
  return out
}

/** A palm with its foot at (x, y). */
export function palm(next, x, y, height, dark = false) {
  const lean = (next() - 0.5) * height * 0.35
  const top = [x + lean, y - height]
  let out = `<path d="M${x} ${y}Q${x + lean * 0.2} ${y - height * 0.6} ${top[0]} ${top[1]}" stroke="${dark ? '#0d0f12' : '#6f5d48'}" stroke-width="${height * 0.055}" fill="none"/>`
  for (let i = 0; i < 9; i++) {
    const angle = -Math.PI + (i / 8) * Math.PI + (next() - 0.5) * 0.3
    const reach = height * (0.42 + next() * 0.14)
    const ex = top[0] + Math.cos(angle) * reach
    const ey = top[1] + Math.sin(angle) * reach * 0.55 + reach * 0.3
    const cx = top[0] + Math.cos(angle) * reach * 0.55
    const cy = top[1] + Math.sin(angle) * reach * 0.75 - reach * 0.12
    const green = dark ? '#0a1512' : `hsl(${95 + next() * 25} 38% ${24 + next() * 14}%)`
    out += `<path d="M${top[0]} ${top[1]}Q${cx} ${cy} ${ex} ${ey}Q${cx} ${cy + height * 0.09} ${top[0]} ${top[1]}Z" fill="${green}"/>`
  }
  return out
}

/** A low house or kiosk with a zinc roof; (x, y) is its lower left corner. */
export function house(
  next,
  x,
  y,
  w,
  h,
  { wall = '#d9cdb8', roof = '#8c4a3c', lit = false, dark = false } = {},
) {
  const shade = dark ? 'opacity=".35"' : ''
  let out = `<g ${shade}>` + rect(x, y - h, w, h, wall)
  out += rect(x + w * 0.82, y - h, w * 0.18, h, '#000', 'opacity=".14"')
  out += poly(
    [
      [x - w * 0.09, y - h],
      [x + w * 0.14, y - h * 1.5],
      [x + w * 0.88, y - h * 1.5],
      [x + w * 1.09, y - h],
    ],
    roof,
  )
  for (let i = 1; i < 9; i++)
    out += line(
      x + w * (0.14 + i * 0.08),
      y - h * 1.49,
      x + w * (-0.05 + i * 0.125),
      y - h * 1.01,
      '#000',
      0.8,
      'opacity=".22"',
    )
  out += rect(x + w * 0.12, y - h * 0.72, w * 0.2, h * 0.72, '#5b4636')
  out += rect(x + w * 0.48, y - h * 0.68, w * 0.26, h * 0.34, lit ? '#ffd98a' : '#3c4a52')
  out += line(x + w * 0.61, y - h * 0.68, x + w * 0.61, y - h * 0.34, '#eee', 2)
  return out + '</g>'
}

/** A standing person, feet at (x, y). */
export function person(x, y, height, shirt, { trousers = '#2f3440', skin = '#5a3a28' } = {}) {
  const u = height / 10
  return (
    rect(x - u * 1.1, y - u * 4.4, u * 0.95, u * 4.4, trousers, 'rx="2"') +
    rect(x + u * 0.15, y - u * 4.4, u * 0.95, u * 4.4, trousers, 'rx="2"') +
    rect(x - u * 1.4, y - u * 8, u * 2.8, u * 4, shirt, `rx="${u * 0.7}"`) +
    line(x - u * 1.5, y - u * 7.3, x - u * 1.9, y - u * 4.3, skin, u * 0.75) +
    line(x + u * 1.5, y - u * 7.3, x + u * 1.9, y - u * 4.3, skin, u * 0.75) +
    `<circle cx="${x}" cy="${y - u * 9}" r="${u * 0.95}" fill="${skin}"/>` +
    `<path d="M${x - u} ${y - u * 9.1}A${u} ${u} 0 0 1 ${x + u} ${y - u * 9.1}Z" fill="#17110e"/>`
  )
}

/** A parked or moving motorbike seen from the side, wheels on y. */
export function motorbike(x, y, size, colour) {
  const r = size * 0.2
  const wheel = (cx) =>
    `<circle cx="${cx}" cy="${y - r}" r="${r}" fill="#1c1c1e"/><circle cx="${cx}" cy="${y - r}" r="${r * 0.5}" fill="#8a8d91"/>`
  return (
    wheel(x + r) +
    wheel(x + size - r) +
    `<path d="M${x + r} ${y - r}L${x + size * 0.35} ${y - size * 0.38}L${x + size * 0.7} ${y - size * 0.36}L${x + size * 0.82} ${y - size * 0.62}L${x + size * 0.9} ${y - size * 0.6}L${x + size - r} ${y - r}L${x + size * 0.6} ${y - r * 0.9}L${x + size * 0.38} ${y - r * 0.8}Z" fill="${colour}"/>` +
    rect(x + size * 0.2, y - size * 0.47, size * 0.38, size * 0.1, '#222', 'rx="4"') +
    line(x + size * 0.8, y - size * 0.68, x + size * 0.72, y - size * 0.72, '#333', 4)
  )
}
