import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test'

const ROOT = resolve(import.meta.dirname, '../../..')

/** One office PC: a real Electron with its own user-data folder. */
export interface DeskApp {
  name: string
  app: ElectronApplication
  page: Page
  userData: string
  /** Console errors and uncaught exceptions of the page; a test fails when there is any. */
  complaints: string[]
  close(): Promise<void>
  /** Ends the process at once, as a power cut would end it; the folder stays. */
  kill(): Promise<void>
}

export interface LaunchOptions {
  userData?: string
  env?: Record<string, string>
  /** Switches for Chromium, as an office's settings or a test need them. */
  switches?: readonly string[]
  /** Leaves the window as the app opened it instead of giving it an office PC's 1366 × 768. */
  keepBounds?: boolean
}

/** Starts the app; `userData` of an earlier one continues that PC. */
export async function launchDesk(name: string, options: LaunchOptions = {}): Promise<DeskApp> {
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), `meja-e2e-${name}-`)))
  const env: Record<string, string> = {}
  for (const [key, value] of Object.entries({ ...process.env, TZ: 'Asia/Jayapura', ...options.env }))
    if (value !== undefined) env[key] = value
  const app = await _electron.launch({
    args: [ROOT, '--disable-gpu', `--user-data-dir=${userData}`, '--lang=id', ...(options.switches ?? [])],
    // No executablePath: only for the runtime it finds itself (ELECTRON_OVERRIDE_DIST_PATH included) does Playwright hold
    // `ready` back until it listens; without that a launch now and then never ends.
    env,
    cwd: ROOT,
    locale: 'id-ID',
    timezoneId: 'Asia/Jayapura',
  })
  const page = await app.firstWindow()
  const child = app.process()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.waitForLoadState('domcontentloaded')
  if (!options.keepBounds)
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768))
  return {
    name,
    app,
    page,
    userData,
    complaints,
    async close() {
      if (child.exitCode === null && child.signalCode === null) await app.close()
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** No serious or critical finding of axe on the present screen. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    // React Aria announces "busy" by the button's id for some seconds, also after the button has gone.
    .exclude('[data-live-announcer]')
    .analyze()
  const serious = violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(' | ')}`,
    )
  expect(serious, `axe on ${screen}`).toEqual([])
}
