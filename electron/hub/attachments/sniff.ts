import type { AttachmentRef } from '@shared/domain/report.ts'

const MARKS: readonly [mime: AttachmentRef['mime'], test: (head: Buffer) => boolean][] = [
  ['image/jpeg', (h) => h[0] === 0xff && h[1] === 0xd8 && h[2] === 0xff],
  [
    'image/png',
    (h) => h.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  ],
  ['image/webp', (h) => h.toString('latin1', 0, 4) === 'RIFF' && h.toString('latin1', 8, 12) === 'WEBP'],
  ['application/pdf', (h) => h.toString('latin1', 0, 5) === '%PDF-'],
]

/** The accepted kind of a file by its first 16 bytes, whatever its name or declared type says; null for any other. */
export const sniff = (head: Buffer): AttachmentRef['mime'] | null =>
  MARKS.find(([, test]) => test(head))?.[0] ?? null
