import { existsSync, mkdirSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow, powerMonitor, protocol, session } from 'electron'
import { STALE_CHANNEL } from '@shared/ipc/channels.ts'
import { linkCore, type CoreLink } from './shell/core-link.ts'
import { pickFiles, printFile, saveFile } from './shell/files.ts'
import { guardAllContents, guardSession } from './shell/guards.ts'
import { dropHubConnections, hubFetch } from './shell/hub-fetch.ts'
import { hostIpc } from './shell/ipc-host.ts'
import { createLetterPrinter, resourcesDirOf } from './shell/letter-printer.ts'
import { createLog } from './shell/log.ts'
import { installMenu } from './shell/menu.ts'
import { watchNetwork } from './shell/network-watch.ts'
import { createPracticeHub, type PracticeHubHandle } from './shell/practice-hub.ts'
import { registerSchemes, serveApp, serveAttachments } from './shell/protocol.ts'
import { protect, reveal } from './shell/secret-store.ts'
import { openWindow, showPlace } from './shell/window.ts'

/** Longest a quit waits for the core and the practice hub to close their files. */
const QUIT_GRACE_MS = 2000

registerSchemes()
guardAllContents()
// Root cannot have Chromium's sandbox; the start script says so and passes the switch. Everybody else gets it everywhere.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()

if (app.requestSingleInstanceLock()) {
  // Never awaited: Electron holds `ready` back until this module has finished.
  app.whenReady().then(start, (error: unknown) => {
    console.error(error)
    app.exit(1)
  })
} else {
  app.quit()
}

const here = import.meta.dirname

function start(): void {
  const userData = app.getPath('userData')
  const log = createLog(join(userData, 'log', 'meja-lapor.log'))
  const resourcesDir = resourcesDirOf(app.getAppPath(), app.isPackaged)
  const printer = createLetterPrinter(resourcesDir)
  const window = () => BrowserWindow.getAllWindows().find((w) => w.isVisible()) ?? null
  const practice = createPracticeHub({
    script: join(here, 'hub-process.js'),
    dataDir: join(userData, 'hub-latihan'),
    cacheDir: join(userData, 'hub-latihan-cache'),
    seedDir: join(resourcesDir, 'practice'),
    log,
  })
  const core = linkCore({
    script: join(here, 'core-worker.js'),
    start: {
      dataDir: makeDataDir(join(userData, 'data')),
      resourcesDir,
      version: app.getVersion(),
      // Lets tests put the PC's clock forward or back; an installed app has no such switch.
      clockOffsetMs: app.isPackaged ? 0 : Number(process.env['MEJA_CLOCK_OFFSET_MS'] ?? 0),
    },
    lent: {
      fetch: hubFetch,
      dropConnections: dropHubConnections,
      printPdf: (request) => printer.printPdf(request),
      printFile,
      pickFiles: (maxBytes) => pickFiles(window(), maxBytes),
      saveFile: (name, bytes) => saveFile(window(), name, bytes),
      protect,
      reveal,
      startPracticeHub: (onProgress) => practice.start(onProgress),
    },
    onStale: (topics) => {
      for (const w of BrowserWindow.getAllWindows()) w.webContents.send(STALE_CHANNEL, topics)
    },
    onLog: log,
  })

  guardSession(session.defaultSession, ['app:', 'lampiran:', 'blob:', 'devtools:', 'chrome-extension:'])
  serveApp(protocol, join(here, '..', 'renderer'))
  serveAttachments(protocol, (sha256, which) => core.readAttachment(sha256, which))
  hostIpc((method, input) => core.dispatch(method, input))
  installMenu(app.isPackaged, (hash) => showPlace(window(), hash))

  powerMonitor.on('suspend', () => core.power('suspend'))
  powerMonitor.on('resume', () => core.power('resume'))
  powerMonitor.on('lock-screen', () => core.power('lock-screen'))
  const stopWatching = watchNetwork(networkInterfaces, () => core.power('network'))
  app.on('will-quit', stopWatching)

  const open = () =>
    openWindow({ preload: join(here, '..', 'preload', 'preload.cjs'), userData, packaged: app.isPackaged })
  open()
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open()
  })
  app.on('second-instance', () => {
    const [first] = BrowserWindow.getAllWindows()
    if (first?.isMinimized()) first.restore()
    first?.focus()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  quitCleanly(core, practice)
}

/** A folder that cannot be made is reported by the core on the screen, so its absence is no reason to stop here. */
function makeDataDir(dir: string): string {
  try {
    if (!existsSync(dir)) mkdirSync(dir, { recursive: true })
  } catch {
    // The core opens the same path and words the failure.
  }
  return dir
}

/** Closes files before the process ends, but never waits on the network or longer than the grace time. */
function quitCleanly(core: CoreLink, practice: PracticeHubHandle): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    const grace = new Promise((resolve) => setTimeout(resolve, QUIT_GRACE_MS))
    void Promise.race([Promise.all([core.stop(1000), practice.stop()]), grace]).then(() => {
      closed = true
      app.exit(0)
    })
  })
}
