import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { APP_ORIGIN } from './guards.ts'
import { keepWindowState, loadWindowState } from './window-state.ts'

/** Opens the app's one window, with a sandboxed, isolated renderer. */
export function openWindow(options: {
  preload: string
  userData: string
  packaged: boolean
  devUrl?: string
}): BrowserWindow {
  const stateFile = join(options.userData, 'window.json')
  const { maximized, ...bounds } = loadWindowState(stateFile)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 880,
    minHeight: 560,
    show: false,
    title: 'Meja Lapor',
    backgroundColor: '#f7f6f3',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !options.packaged,
    },
  })
  if (maximized) window.maximize()
  keepWindowState(window, stateFile)
  window.once('ready-to-show', () => window.show())
  window.on('page-title-updated', (event) => event.preventDefault())
  void window.loadURL(`${APP_ORIGIN}/index.html`)
  return window
}

/** Takes a window to another place of the app, as a link in it would; its page is not loaded anew. */
export function showPlace(window: BrowserWindow | null, hash: string): void {
  const url = `${APP_ORIGIN}/index.html${hash}`
  // The same address once more would load the page anew, and what is being typed with it.
  if (!window || window.webContents.getURL() === url) return
  window.loadURL(url).catch(() => undefined)
}
