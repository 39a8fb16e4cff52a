import type { LetterProfile } from '@shared/domain/letter.ts'

/** Where a document's fonts and emblem are loaded from: URLs of the print protocol, or `data:`. */
export interface LetterAssets {
  /** URL of one font file, by its name under resources/fonts. */
  font(file: string): string
  /** URL of an emblem, by its name under resources/emblems without `.svg`. */
  emblem(name: string): string
}

/** Fonts of every document: Arimo has Arial's metrics, so lines break alike on every PC. Latin first, the rest of Latin after. */
export const LETTER_FONTS = [
  { subset: 'latin', weight: 400, style: 'normal' },
  { subset: 'latin', weight: 700, style: 'normal' },
  { subset: 'latin-ext', weight: 400, style: 'normal' },
  { subset: 'latin-ext', weight: 700, style: 'normal' },
] as const

/** Unicode range of each subset, as published with the font. */
export const FONT_RANGES: Readonly<Record<(typeof LETTER_FONTS)[number]['subset'], string>> = {
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  'latin-ext':
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
}

/** File name of a font under resources/fonts. */
export const fontFile = (font: (typeof LETTER_FONTS)[number]): string =>
  `arimo-${font.subset}-${font.weight}-${font.style}.woff2`

/** Assets served by the print window's own protocol. */
export const printAssets: LetterAssets = {
  font: (file) => `cetak://aset/fonts/${file}`,
  emblem: (name) => `cetak://aset/emblems/${name}.svg`,
}

/** URL of the profile's emblem, or null; a name that is no plain file name counts as none. */
export const emblemUrl = (assets: LetterAssets, profile: Pick<LetterProfile, 'emblem'>): string | null =>
  profile.emblem !== null && /^[a-z0-9-]+$/.test(profile.emblem) ? assets.emblem(profile.emblem) : null
