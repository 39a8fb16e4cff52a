import { execFile } from 'node:child_process'
import { mkdtemp, open, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { dialog, shell, type BrowserWindow } from 'electron'
import type { PickedFile } from '../core/index.ts'

const run = promisify(execFile)

async function readAtMost(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(Math.min(size, limit))
    await file.read(buffer, 0, buffer.length, 0)
    return new Uint8Array(buffer)
  } finally {
    await file.close()
  }
}

/** Open dialog for pictures and PDF. Reads at most `maxBytes + 1` of each, so that too large shows without loading all. */
export async function pickFiles(window: BrowserWindow | null, maxBytes: number): Promise<PickedFile[]> {
  const options: Electron.OpenDialogOptions = {
    properties: ['openFile', 'multiSelections'],
    filters: [{ name: 'Foto dan PDF', extensions: ['jpg', 'jpeg', 'png', 'webp', 'pdf'] }],
  }
  const picked = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options)
  return Promise.all(
    picked.filePaths.map(async (path) => ({
      name: basename(path),
      // One file that is gone or locked does not spoil the others.
      bytes: await readAtMost(path, maxBytes + 1).catch(() => null),
    })),
  )
}

/** Save dialog; false when cancelled. Throws the file system's error otherwise. */
export async function saveFile(
  window: BrowserWindow | null,
  name: string,
  bytes: Uint8Array,
): Promise<boolean> {
  const options: Electron.SaveDialogOptions = { defaultPath: name }
  const chosen = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options)
  if (chosen.canceled || !chosen.filePath) return false
  await writeFile(chosen.filePath, bytes)
  return true
}

/**
 * Prints exactly these bytes: through CUPS where `lp` has a default printer, else in the system's PDF viewer.
 * The temporary copy lies in a folder only this account can read.
 */
export async function printFile(bytes: Uint8Array, name: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'meja-lapor-cetak-'))
  const path = join(folder, name.replace(/[^\w.-]+/g, '-'))
  await writeFile(path, bytes, { mode: 0o600 })
  if (process.platform !== 'win32' && (await hasDefaultPrinter())) {
    await run('lp', [path])
    return true
  }
  return (await shell.openPath(path)) === ''
}

async function hasDefaultPrinter(): Promise<boolean> {
  try {
    const { stdout } = await run('lpstat', ['-d'])
    return stdout.includes(':')
  } catch {
    return false
  }
}
