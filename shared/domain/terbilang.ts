const UNITS = ['', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'] as const
const SCALES = ['', 'ribu', 'juta', 'miliar', 'triliun'] as const

/** 1–999 in words; `seratus`, `sepuluh` and `sebelas` have forms of their own. */
function below1000(value: number): string[] {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  const words = hundreds === 0 ? [] : hundreds === 1 ? ['seratus'] : [UNITS[hundreds]!, 'ratus']
  if (rest === 10) return [...words, 'sepuluh']
  if (rest === 11) return [...words, 'sebelas']
  if (rest > 11 && rest < 20) return [...words, UNITS[rest - 10]!, 'belas']
  if (rest >= 20) words.push(UNITS[Math.floor(rest / 10)]!, 'puluh')
  return rest % 10 === 0 ? words : [...words, UNITS[rest % 10]!]
}

/** A whole number in Indonesian words: 1284 → `seribu dua ratus delapan puluh empat`. Throws RangeError from 10^15 on. */
export function terbilang(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) >= 1e15)
    throw new RangeError('terbilang needs a whole number below 10^15')
  if (value === 0) return 'nol'
  if (value < 0) return `minus ${terbilang(-value)}`
  const words: string[] = []
  for (let scale = SCALES.length - 1, rest = value; scale >= 0; scale--) {
    const size = 1000 ** scale
    const group = Math.floor(rest / size)
    rest %= size
    if (group === 0) continue
    if (scale === 1 && group === 1) words.push('seribu')
    else words.push(...below1000(group), ...(scale ? [SCALES[scale]!] : []))
  }
  return words.join(' ')
}

/** `2 (dua) berkas`; nothing is written `-`, as in the Lampiran line of a letter. */
export const countOf = (count: number, unit: string): string =>
  count > 0 ? `${count} (${terbilang(count)}) ${unit}` : '-'
