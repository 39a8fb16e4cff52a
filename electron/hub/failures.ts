/** Thrown when the database folder is there but cannot be opened. Nothing in it is touched. */
export class DatabaseCorrupt extends Error {
  readonly code = 'database_corrupt'
  constructor(cause: unknown) {
    super(
      'Basis data hub rusak dan tidak dapat dibuka. Tidak ada berkas yang dihapus; pulihkan dari cadangan.',
      { cause },
    )
  }
}

const WORDS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  EACCES: ['folder_unwritable', 'Folder data hub tidak dapat ditulis. Periksa izin folder itu.'],
  EPERM: ['folder_unwritable', 'Folder data hub tidak dapat ditulis. Periksa izin folder itu.'],
  EROFS: ['folder_unwritable', 'Folder data hub berada di tempat yang hanya dapat dibaca.'],
  ENOTDIR: ['folder_unwritable', 'Alamat folder data hub bukan folder.'],
  EEXIST: ['folder_unwritable', 'Alamat folder data hub bukan folder.'],
  ENOSPC: ['disk_full', 'Disk penuh. Kosongkan ruang, lalu buka hub lagi; yang sudah tersimpan tetap ada.'],
  EADDRINUSE: ['port_in_use', 'Porta hub sudah dipakai program lain. Pilih porta lain.'],
}

/** Why a hub could not start, as a code for programs and a sentence for people. */
export function explainFailure(error: unknown): { code: string; message: string } {
  const { code, message } = error as { code?: unknown; message?: unknown }
  const [known, words] = WORDS[String(code)] ?? []
  if (known && words) return { code: known, message: words }
  return { code: typeof code === 'string' ? code : 'internal', message: String(message ?? error) }
}
