import { backdrop, road, HUES, pick, DIRT } from './backdrop.mjs'
import { blob, line, motorbike, person, poly, rect } from './shapes.mjs'

function pothole(next, x, y, rx, mood, wet) {
  const ry = rx * 0.3
  let out = blob(next, x, y, rx * 1.18, ry * 1.25, '#3b3836', { rough: 0.35, extra: 'opacity=".75"' })
  out += blob(next, x, y + 2, rx, ry, DIRT[mood], { rough: 0.35 })
  out += blob(next, x - rx * 0.1, y - ry * 0.18, rx * 0.86, ry * 0.62, '#2b2522', {
    rough: 0.3,
    extra: 'opacity=".55"',
  })
  if (wet) {
    out += blob(next, x, y + ry * 0.15, rx * 0.82, ry * 0.66, '#8a7b66', { rough: 0.25 })
    out += blob(next, x + rx * 0.1, y + ry * 0.02, rx * 0.55, ry * 0.28, '#cfd6d8', {
      rough: 0.3,
      extra: 'opacity=".6"',
    })
  }
  for (let i = 0; i < 14; i++)
    out += blob(
      next,
      x + (next() - 0.5) * rx * 2.9,
      y + (next() - 0.35) * ry * 3,
      2 + next() * 6,
      1.5 + next() * 3,
      pick(next, ['#57514c', '#8b8780', '#3f3b39']),
      { points: 7 },
    )
  return out
}

/** Asphalt road with one big and some small holes. */
export function potholes(next, { mood = 'day', wet = false, bike = false, dirt = false } = {}) {
  let out = backdrop(next, mood) + road(next, mood, { dirt })
  out +=
    pothole(next, 400 + next() * 60, 268, 26, mood, wet) +
    pothole(next, 220 + next() * 50, 300, 38, mood, wet)
  if (bike) out += motorbike(440, 372, 120, pick(next, HUES)) + person(497, 352, 92, pick(next, HUES))
  return out + pothole(next, 270 + next() * 90, 398, 120 + next() * 40, mood, wet)
}

/** Muddy kampung road with deep wheel tracks. */
export function mud(next, { mood = 'rain', truck = false } = {}) {
  let out = backdrop(next, mood) + road(next, mood, { dirt: true })
  for (const [top, low] of [
    [300, 150],
    [340, 470],
  ]) {
    out += `<path d="M${top} 222Q${(top + low) / 2 + 10} 320 ${low} 480L${low + 86} 480Q${(top + low) / 2 + 40} 320 ${top + 9} 222Z" fill="#4a3728" opacity=".85"/>`
    for (let i = 0; i < 6; i++)
      out += blob(next, low + 40 + (top - low) * (i / 7) * 0.9, 462 - i * 38, 40 - i * 5, 9 - i, '#a9a395', {
        extra: 'opacity=".75"',
      })
  }
  if (truck)
    out +=
      rect(300, 180, 74, 56, '#c2a13c') +
      rect(306, 188, 62, 20, '#2b3a44') +
      rect(300, 232, 74, 10, '#2a2a2a') +
      `<circle cx="312" cy="244" r="9" fill="#111"/><circle cx="362" cy="244" r="9" fill="#111"/>`
  return out
}

/** Night street under a lamp that does not burn. */
export function darkLamp(next, { mood = 'night', glow = false, bent = false } = {}) {
  let out = backdrop(next, mood) + road(next, mood)
  const tip = bent ? [420, 128] : [300, 58]
  const pole = bent ? 'M150 476L300 150Q318 116' : 'M186 470L190 110Q192 54'
  out += `<path d="${pole} ${tip[0]} ${tip[1]}" stroke="#4b535c" stroke-width="9" fill="none"/>`
  out += poly(
    [
      [tip[0] - 12, tip[1] - 7],
      [tip[0] + 46, tip[1] - 2],
      [tip[0] + 40, tip[1] + 12],
      [tip[0] - 8, tip[1] + 8],
    ],
    '#333b44',
  )
  if (glow) {
    out +=
      `<radialGradient id="g"><stop offset="0" stop-color="#ffe6a8" stop-opacity=".9"/><stop offset="1" stop-color="#ffe6a8" stop-opacity="0"/></radialGradient><circle cx="520" cy="176" r="110" fill="url(#g)"/><circle cx="520" cy="176" r="6" fill="#fff3cf"/>` +
      line(520, 178, 520, 250, '#39414a', 4)
  }
  const head = `<radialGradient id="h"><stop offset="0" stop-color="#fff6d8"/><stop offset="1" stop-color="#fff6d8" stop-opacity="0"/></radialGradient>`
  return (
    out +
    head +
    `<ellipse cx="372" cy="300" rx="120" ry="26" fill="url(#h)" opacity=".5"/><circle cx="368" cy="262" r="34" fill="url(#h)"/><circle cx="368" cy="262" r="6" fill="#fffdf2"/>`
  )
}

/** Signal of a crossing with every lamp off. */
export function deadSignal(next, { mood = 'haze' } = {}) {
  let out = backdrop(next, mood) + road(next, mood)
  for (let i = 0; i < 3; i++)
    out +=
      motorbike(250 + i * 92, 330 + i * 26, 84, pick(next, HUES)) +
      person(292 + i * 92, 314 + i * 26, 66, pick(next, HUES))
  out +=
    rect(96, 150, 13, 330, '#e4c23f') +
    rect(96, 210, 13, 36, '#222') +
    rect(96, 290, 13, 36, '#222') +
    rect(72, 36, 62, 158, '#1f2326', 'rx="10"')
  for (const [y, c] of [
    [66, '#4a2220'],
    [115, '#4a3f1f'],
    [164, '#1f3a2a'],
  ])
    out += `<circle cx="103" cy="${y}" r="19" fill="${c}"/><path d="M82 ${y - 8}Q103 ${y - 30} 124 ${y - 8}" stroke="#0c0d0e" stroke-width="5" fill="none"/>`
  return out
}

/** Tree fallen over a road. */
export function fallenTree(next, { mood = 'rain' } = {}) {
  let out = backdrop(next, mood) + road(next, mood)
  out +=
    line(40, 400, 500, 300, '#54412f', 40) +
    line(60, 392, 480, 296, '#6d5640', 12) +
    line(300, 340, 360, 250, '#54412f', 16)
  for (let i = 0; i < 70; i++)
    out += blob(
      next,
      470 + (next() - 0.5) * 240,
      276 + (next() - 0.5) * 130,
      16 + next() * 26,
      10 + next() * 16,
      `hsl(${92 + next() * 34} 36% ${18 + next() * 20}%)`,
      { points: 9, rough: 0.6 },
    )
  return out + blob(next, 34, 408, 46, 54, '#3c2e22', { rough: 0.6 })
}

/** Cars and motorbikes parked so that they fill half of a street. */
export function parking(next, { mood = 'day' } = {}) {
  let out = backdrop(next, mood) + road(next, mood)
  for (let i = 0; i < 8; i++) {
    const y = 262 + i * 24
    out += motorbike(388 + i * 14, y + 26, 62 + i * 10, pick(next, HUES))
  }
  out +=
    `<path d="M70 366L98 312Q150 296 206 312L240 344L262 350Q272 360 268 378L62 380Z" fill="#c9ccd0"/>` +
    poly(
      [
        [106, 318],
        [148, 310],
        [148, 340],
        [98, 340],
      ],
      '#33434d',
    ) +
    poly(
      [
        [154, 310],
        [202, 318],
        [222, 340],
        [154, 340],
      ],
      '#33434d',
    ) +
    `<circle cx="110" cy="380" r="21" fill="#151515"/><circle cx="222" cy="380" r="21" fill="#151515"/>`
  return out + person(322, 424, 140, '#e3742c')
}
