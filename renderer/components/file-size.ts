import { formatNumber, type Language } from '@shared/domain/locale.ts'

/** Bytes as people read them, in decimal units: `812 B`, `34 kB`, `1,4 MB`. */
export function fileSize(bytes: number, language: Language = 'id'): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${formatNumber(bytes / 1000, language)} kB`
  return `${formatNumber(bytes / 1_000_000, language, 1)} MB`
}
