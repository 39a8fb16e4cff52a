/** CSS pixels per millimetre at true scale (96 px = 25.4 mm). */
export const PX_PER_MM = 96 / 25.4

/** PDF points to millimetres. */
export const pointsToMm = (points: number): number => (points * 25.4) / 72

/** A line of a ruler: place in mm, and the number written at it (whole centimetres only). */
export interface Tick {
  mm: number
  length: 'short' | 'middle' | 'long'
  label: string | null
}

/** Ticks of a ruler of `mm` millimetres: every mm, longer at 5 and 10, numbered in mm at each centimetre except 0. */
export function ticks(mm: number): Tick[] {
  return Array.from({ length: Math.floor(mm) + 1 }, (_, at) => ({
    mm: at,
    length: at % 10 === 0 ? ('long' as const) : at % 5 === 0 ? ('middle' as const) : ('short' as const),
    label: at % 10 === 0 && at > 0 ? String(at) : null,
  }))
}
