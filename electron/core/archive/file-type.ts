import type { AttachmentRef } from '@shared/domain/report.ts'

const startsWith = (bytes: Uint8Array, at: number, ...wanted: number[]) =>
  wanted.every((byte, i) => bytes[at + i] === byte)

/** The type a file really has, by its first bytes; null for anything we do not keep. Names and extensions are not believed. */
export function fileType(bytes: Uint8Array): AttachmentRef['mime'] | null {
  if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (startsWith(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (startsWith(bytes, 0, 0x52, 0x49, 0x46, 0x46) && startsWith(bytes, 8, 0x57, 0x45, 0x42, 0x50))
    return 'image/webp'
  if (startsWith(bytes, 0, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf'
  return null
}
