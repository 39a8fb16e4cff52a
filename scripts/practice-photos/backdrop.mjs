import { blob, house, palm, poly, rect, sky, treeLine } from './shapes.mjs'

/** Clothes and paint. */
export const HUES = ['#b8423a', '#2f6f9f', '#d8a23a', '#3f7d5a', '#7a4b8a', '#d9d2c4']
/** One of the list. */
export const pick = (next, list) => list[Math.floor(next() * list.length)]

/** Sky, trees, palms and two houses. */
export function backdrop(next, mood, horizon = 210) {
  let out = sky(next, mood, horizon) + treeLine(next, mood, horizon)
  const dark = mood === 'night'
  for (let i = 0; i < 2 + next() * 2; i++)
    out += palm(next, next() * 640, horizon + 6, 70 + next() * 90, dark)
  for (const side of [20 + next() * 60, 430 + next() * 70]) {
    out += house(next, side, horizon + 22, 110 + next() * 40, 44 + next() * 16, {
      wall: pick(next, ['#d9cdb8', '#c9d3d0', '#e3d3a8', '#b7c6d4']),
      roof: pick(next, ['#8c4a3c', '#5f7480', '#77818a', '#56694f']),
      dark,
      lit: dark && next() > 0.4,
    })
  }
  return out
}

/** Grass by light. */
export const GROUND = { day: '#87916a', haze: '#8d8f70', rain: '#666f58', dusk: '#6b5f4c', night: '#0d1110' }
const ASPHALT = { day: '#77777a', haze: '#82807c', rain: '#55595d', dusk: '#5c555b', night: '#1a1c21' }
/** Bare earth by light. */
export const DIRT = { day: '#a5805a', haze: '#a58a68', rain: '#7d6148', dusk: '#80604e', night: '#1d1815' }

/** Road from the horizon to the lower edge. */
export function road(next, mood, { dirt = false, horizon = 210, marks = true } = {}) {
  const colour = (dirt ? DIRT : ASPHALT)[mood]
  let out = rect(0, horizon + 8, 640, 480, GROUND[mood])
  for (let i = 0; i < 90; i++)
    out += blob(
      next,
      next() * 640,
      horizon + 14 + next() * 260,
      8 + next() * 26,
      2 + next() * 5,
      next() > 0.5 ? '#000' : '#e8f0b0',
      { points: 8, extra: 'opacity=".09"' },
    )
  out += poly(
    [
      [272, horizon + 8],
      [368, horizon + 8],
      [690, 480],
      [-50, 480],
    ],
    colour,
  )
  out += poly(
    [
      [268, horizon + 8],
      [275, horizon + 8],
      [-20, 480],
      [-70, 480],
    ],
    DIRT[mood],
    'opacity=".85"',
  )
  out += poly(
    [
      [365, horizon + 8],
      [372, horizon + 8],
      [710, 480],
      [660, 480],
    ],
    DIRT[mood],
    'opacity=".85"',
  )
  if (!dirt && marks) {
    for (const [y, h, w] of [
      [232, 10, 3],
      [256, 16, 5],
      [292, 26, 8],
      [346, 40, 12],
      [426, 60, 18],
    ])
      out += poly(
        [
          [320 - w / 2, y],
          [320 + w / 2, y],
          [320 + w * 0.8, y + h],
          [320 - w * 0.8, y + h],
        ],
        '#e9e6da',
        `opacity="${mood === 'night' ? 0.25 : 0.7}"`,
      )
  }
  for (let i = 0; i < 60; i++) {
    const t = next()
    out += blob(
      next,
      320 + (next() - 0.5) * (90 + t * 560),
      horizon + 14 + t * 255,
      6 + t * 26,
      1 + t * 4,
      next() > 0.5 ? '#000' : '#fff',
      { points: 8, extra: 'opacity=".07"' },
    )
  }
  return out
}
