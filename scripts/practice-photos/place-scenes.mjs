import { backdrop, road, HUES, pick, GROUND } from './backdrop.mjs'
import { blob, line, person, poly, rect, sky, treeLine } from './shapes.mjs'

/** Rubbish heap beside a road. */
export function rubbish(next, { mood = 'day', bin = false } = {}) {
  let out = backdrop(next, mood) + road(next, mood)
  out += blob(next, 230, 420, 250, 46, '#3a3428', { extra: 'opacity=".5"' })
  for (let i = 0; i < 170; i++) {
    const t = Math.sqrt(next())
    const x = 225 + (next() - 0.5) * 430 * t
    const y = 430 - (1 - t) * 140 - next() * 20
    const colour = pick(next, [
      '#e8e4da',
      '#2a2a2c',
      '#c23b32',
      '#3673a8',
      '#e0b63e',
      '#5b8a4a',
      '#8d6a48',
      '#f4f2ee',
      '#6d6f73',
      '#1d1e20',
    ])
    out +=
      next() > 0.35
        ? blob(next, x, y, 10 + next() * 20, 8 + next() * 13, colour, { points: 9, rough: 0.6 })
        : rect(
            x,
            y,
            8 + next() * 20,
            6 + next() * 12,
            colour,
            `transform="rotate(${(next() * 80 - 40).toFixed(0)} ${x} ${y})"`,
          )
  }
  if (bin)
    out +=
      rect(440, 270, 150, 96, '#3d7b4e') +
      rect(432, 258, 166, 16, '#2f6140') +
      rect(452, 300, 126, 6, '#2f6140') +
      `<circle cx="464" cy="372" r="12" fill="#1d1d1d"/><circle cx="570" cy="372" r="12" fill="#1d1d1d"/>`
  return out
}

/** Street under brown water. */
export function flood(next, { mood = 'rain', people = 2 } = {}) {
  let out = backdrop(next, mood)
  out +=
    `<linearGradient id="w" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#a59476"/><stop offset="1" stop-color="#6f5a40"/></linearGradient>` +
    rect(0, 222, 640, 260, 'url(#w)')
  for (let i = 0; i < 90; i++) {
    const t = next()
    out += `<ellipse cx="${(next() * 640).toFixed(0)}" cy="${(228 + t * 250).toFixed(0)}" rx="${(14 + t * 60).toFixed(0)}" ry="${(1 + t * 3).toFixed(1)}" fill="${next() > 0.5 ? '#d9d2c0' : '#4c3c2a'}" opacity=".25"/>`
  }
  for (let i = 0; i < people; i++) {
    const x = 200 + i * 150 + next() * 50
    const y = 368 + i * 26
    out +=
      person(x, y, 150, pick(next, HUES)) +
      blob(next, x, y - 12, 44, 17, '#84704f', { rough: 0.2 }) +
      `<ellipse cx="${x}" cy="${y - 20}" rx="42" ry="6" fill="#d9d2c0" opacity=".5"/>`
  }
  if (mood === 'rain')
    for (let i = 0; i < 80; i++) {
      const x = next() * 640
      const y = next() * 460
      out += line(
        x.toFixed(0),
        y.toFixed(0),
        (x - 4).toFixed(0),
        (y + 18).toFixed(0),
        '#e8eef0',
        1,
        'opacity=".35"',
      )
    }
  return out
}

/** Concrete ditch choked with earth and plastic. */
export function ditch(next, { mood = 'day' } = {}) {
  let out = backdrop(next, mood) + rect(0, 218, 640, 262, GROUND[mood])
  out +=
    poly(
      [
        [286, 220],
        [330, 220],
        [470, 480],
        [120, 480],
      ],
      '#5e6350',
    ) +
    poly(
      [
        [276, 220],
        [288, 220],
        [124, 480],
        [50, 480],
      ],
      '#aeb0aa',
    ) +
    poly(
      [
        [328, 220],
        [340, 220],
        [548, 480],
        [466, 480],
      ],
      '#9a9c97',
    )
  out += poly(
    [
      [292, 236],
      [326, 236],
      [446, 480],
      [150, 480],
    ],
    '#3f4636',
  )
  for (let i = 0; i < 80; i++) {
    const t = next()
    out += blob(
      next,
      306 + (next() - 0.5) * (30 + t * 260),
      244 + t * 226,
      3 + t * 20,
      2 + t * 9,
      pick(next, ['#6b5a3e', '#5b7a44', '#e6e2d8', '#3673a8', '#8d6a48', '#c8c4ba', '#6b5a3e']),
      { points: 8, rough: 0.6 },
    )
  }
  for (let i = 0; i < 60; i++) {
    const x = next() * 640
    const y = 300 + next() * 180
    if (x < 110 || x > 540) out += line(x, y, x + (next() - 0.5) * 12, y - 16 - next() * 20, '#5f7f3c', 2)
  }
  return out
}

/** Wooden bridge with missing planks. */
export function bridge(next, { mood = 'day', child = false } = {}) {
  let out = backdrop(next, mood, 190) + rect(0, 196, 640, 290, '#5d6d4c')
  out +=
    poly(
      [
        [0, 262],
        [640, 236],
        [640, 480],
        [0, 480],
      ],
      '#6e6a4e',
    ) +
    poly(
      [
        [0, 300],
        [640, 262],
        [640, 480],
        [0, 480],
      ],
      '#5f5a40',
    )
  for (let i = 0; i < 40; i++)
    out += `<ellipse cx="${(next() * 640).toFixed(0)}" cy="${(300 + next() * 180).toFixed(0)}" rx="${(20 + next() * 60).toFixed(0)}" ry="2.5" fill="#c6c2a2" opacity=".3"/>`
  for (let i = 0; i < 15; i++) {
    const t = i / 14
    const y = 214 + t * t * 260
    const half = 34 + t * 190
    const tone = `hsl(${26 + next() * 8} ${22 + next() * 12}% ${34 + next() * 16}%)`
    if ([6, 9, 10].includes(i)) {
      out += poly(
        [
          [320 - half, y],
          [320 - half + 40 + next() * 40, y + 2],
          [320 - half + 30, y + 8 + t * 12],
          [320 - half, y + 8 + t * 14],
        ],
        tone,
      )
      continue
    }
    out +=
      poly(
        [
          [320 - half, y + next() * 4],
          [320 + half, y + (next() - 0.5) * 6],
          [320 + half + 3, y + 6 + t * 15],
          [320 - half - 3, y + 6 + t * 16],
        ],
        tone,
      ) + line(320 - half, y + 7 + t * 16, 320 + half, y + 6 + t * 15, '#1e150d', 1.5)
  }
  for (const side of [-1, 1]) {
    out += line(320 + side * 36, 190, 320 + side * 236, 392, '#6a5138', 9)
    for (const t of [0, 0.3, 0.62, 1])
      out += line(
        320 + side * (36 + t * 200),
        188 + t * 204,
        320 + side * (36 + t * 200),
        222 + t * 240,
        '#5a4430',
        5 + t * 7,
      )
  }
  return child
    ? out +
        person(322, 262, 62, '#f2f2f2', { trousers: '#a8322d' }) +
        person(346, 256, 56, '#f2f2f2', { trousers: '#a8322d' })
    : out
}

/** Public tap: dry, or giving brown water. */
export function tap(next, { brown = false } = {}) {
  let out = rect(0, 0, 640, 480, '#b9b5a4') + rect(0, 340, 640, 140, '#8e8877')
  for (let y = 0; y < 340; y += 34)
    for (let x = (y / 34) % 2 ? -40 : 0; x < 640; x += 80)
      out += rect(x + 1, y + 1, 78, 32, `hsl(38 ${8 + next() * 8}% ${62 + next() * 9}%)`)
  out += blob(next, 320, 330, 300, 40, '#5f6d45', { extra: 'opacity=".35"' })
  out +=
    rect(308, 0, 24, 190, '#9aa4a8') +
    rect(313, 0, 6, 190, '#c9d0d2') +
    rect(300, 176, 40, 34, '#b08a3c', 'rx="6"') +
    rect(330, 184, 70, 20, '#b08a3c', 'rx="6"') +
    rect(380, 190, 24, 42, '#b08a3c', 'rx="6"') +
    rect(310, 150, 20, 28, '#7d612a') +
    rect(284, 144, 72, 12, '#a4352e', 'rx="6"')
  if (brown) out += rect(387, 232, 10, 116, '#8a6238', 'opacity=".85"')
  out +=
    poly(
      [
        [326, 346],
        [466, 346],
        [448, 452],
        [344, 452],
      ],
      pick(next, ['#2f6f9f', '#b8423a', '#3f7d5a']),
    ) +
    `<ellipse cx="396" cy="346" rx="70" ry="15" fill="${brown ? '#7d5932' : '#1f2a33'}"/><path d="M330 344Q396 268 462 344" stroke="#ddd" stroke-width="3" fill="none"/>`
  return (
    out +
    poly(
      [
        [150, 352],
        [232, 352],
        [226, 452],
        [156, 452],
      ],
      '#d8a23a',
    ) +
    `<ellipse cx="191" cy="352" rx="41" ry="9" fill="#5d4a1e"/>`
  )
}

/** Public building with a closed door and people waiting, or with a broken roof. */
export function building(next, { mood = 'day', queue = 5, hole = false, sign = 'PUSKESMAS' } = {}) {
  let out = sky(next, mood) + treeLine(next, mood) + rect(0, 218, 640, 262, '#a89a78')
  out +=
    rect(90, 150, 460, 190, '#e6e1cf') +
    rect(90, 300, 460, 40, '#5f8f7a') +
    poly(
      [
        [56, 154],
        [130, 78],
        [510, 78],
        [584, 154],
      ],
      '#7d4a3e',
    )
  for (let i = 1; i < 24; i++) out += line(130 + i * 16, 80, 60 + i * 22, 152, '#000', 1, 'opacity=".2"')
  out +=
    rect(232, 96, 176, 34, '#f5f3ea') +
    `<text x="320" y="120" font-family="Arial" font-weight="700" font-size="21" text-anchor="middle" fill="#2a4d44">${sign}</text>`
  out +=
    rect(280, 196, 80, 144, '#4f5a60') +
    line(320, 196, 320, 340, '#2b3236', 3) +
    rect(304, 262, 32, 16, '#c9a13a')
  for (const x of [126, 446])
    out +=
      rect(x, 190, 76, 70, '#3f525c') +
      line(x + 38, 190, x + 38, 260, '#ddd', 4) +
      line(x, 225, x + 76, 225, '#ddd', 4)
  if (hole)
    out +=
      blob(next, 478, 122, 46, 24, '#241a16', { rough: 0.6 }) +
      line(446, 110, 512, 134, '#6b4a36', 5) +
      rect(420, 338, 86, 10, '#6f747a', 'transform="rotate(14 420 338)"')
  for (let i = 0; i < queue; i++)
    out += person(150 + i * 78 + next() * 30, 410 + next() * 40, 118 + next() * 14, pick(next, HUES))
  return out
}

/** Market stalls with fruit on the ground. */
export function market(next, { mood = 'haze' } = {}) {
  let out = backdrop(next, mood, 170) + rect(0, 178, 640, 302, '#8a7c68')
  for (let i = 0; i < 4; i++) {
    const x = -20 + i * 172
    out += person(x + 84, 290, 112, pick(next, HUES))
    out +=
      rect(x + 14, 170, 7, 170, '#5c4a38') +
      rect(x + 140, 170, 7, 170, '#5c4a38') +
      poly(
        [
          [x, 178],
          [x + 24, 128],
          [x + 148, 128],
          [x + 168, 178],
        ],
        pick(next, ['#2f6f9f', '#c2613a', '#5f8a4a', '#b8423a']),
      ) +
      rect(x + 8, 270, 146, 16, '#8f6c48') +
      rect(x + 14, 286, 134, 50, '#6b5038')
    for (let k = 0; k < 22; k++)
      out += `<circle cx="${(x + 16 + next() * 130).toFixed(0)}" cy="${(266 - next() * 14).toFixed(0)}" r="${(5 + next() * 5).toFixed(0)}" fill="${pick(next, ['#d8a23a', '#c23b32', '#5b8a4a', '#e8c95a', '#8a4a7a'])}"/>`
  }
  for (let i = 0; i < 5; i++)
    out +=
      blob(next, 90 + i * 120, 420 + next() * 30, 52, 13, '#74634a') +
      `<ellipse cx="${90 + i * 120}" cy="414" rx="36" ry="8" fill="#9aa096" opacity=".6"/>`
  return out
}

/** Wooden pier with a longboat. */
export function pier(next, { mood = 'haze' } = {}) {
  let out = sky(next, mood, 200) + treeLine(next, mood, 200) + rect(0, 206, 640, 280, '#7d8a80')
  for (let i = 0; i < 80; i++)
    out += `<ellipse cx="${(next() * 640).toFixed(0)}" cy="${(214 + next() * 260).toFixed(0)}" rx="${(10 + next() * 50).toFixed(0)}" ry="2" fill="#dfe6df" opacity=".28"/>`
  for (let i = 0; i < 12; i++)
    out += poly(
      [
        [60 + i * 22, 300 + i * 14],
        [210 + i * 24, 276 + i * 10],
        [230 + i * 26, 286 + i * 11],
        [64 + i * 24, 312 + i * 15],
      ],
      i === 5 || i === 8 ? '#2f3a36' : `hsl(28 20% ${36 + next() * 14}%)`,
    )
  for (let i = 0; i < 5; i++) out += rect(70 + i * 90, 300 + i * 30, 12, 130, '#4d3d2c')
  out += `<path d="M360 330Q470 372 630 320L600 362Q480 400 384 362Z" fill="${pick(next, ['#2f6f9f', '#b8423a'])}"/><path d="M360 330Q470 372 630 320Q500 350 360 330Z" fill="#e5dcc6"/>`
  return out + person(430, 346, 80, '#d8a23a') + person(520, 344, 76, '#3f7d5a')
}
