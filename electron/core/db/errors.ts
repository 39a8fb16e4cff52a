import { AppError, type ErrorCode } from '@shared/ipc/errors.ts'

const bySqlite: readonly [prefix: string, code: ErrorCode][] = [
  ['SQLITE_BUSY', 'db_busy'],
  ['SQLITE_LOCKED', 'db_busy'],
  ['SQLITE_FULL', 'disk_full'],
  ['SQLITE_CORRUPT', 'db_corrupt'],
  ['SQLITE_NOTADB', 'db_corrupt'],
  ['SQLITE_IOERR_READ', 'db_corrupt'],
  ['SQLITE_IOERR_SHORT_READ', 'db_corrupt'],
  ['SQLITE_IOERR_DATA', 'db_corrupt'],
  ['SQLITE_IOERR_WRITE', 'disk_full'],
  ['SQLITE_READONLY', 'folder_not_writable'],
  ['SQLITE_CANTOPEN', 'folder_not_writable'],
  ['SQLITE_PERM', 'folder_not_writable'],
]

const bySystem: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EACCES: 'folder_not_writable',
  EPERM: 'folder_not_writable',
  EROFS: 'folder_not_writable',
  // Something that is no folder stands in its place, or a folder in a file's.
  ENOTDIR: 'folder_not_writable',
  EISDIR: 'folder_not_writable',
  EEXIST: 'folder_not_writable',
}

/** The one place where SQLite's and the file system's error codes get meaning; anything unknown comes back unchanged. */
export function storageError(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = bySqlite.find(([prefix]) => code.startsWith(prefix))?.[1] ?? bySystem[code]
  return known ? new AppError(known, `${code}: ${error.message}`) : error
}

/** Runs `act`, throwing storage failures as AppErrors. */
export function withStorageErrors<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw storageError(error)
  }
}
