import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { CLERK } from './bench-hub.ts'
import { buildEmptyWindow } from './empty-window.ts'
import { median, p95, printTable, seconds, times } from './stats.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const ROUNDS = 5
const INBOX_ROW = '[role=listbox] [role=option]'
const SIGN_IN_ROW = '.people-row'

/** A program that shows its first window. */
export interface Started {
  app: ElectronApplication
  page: Page
  /** Seconds since the launch. */
  passed(): number
}

/** Times the app's start against the emptiest window, in turn, from the launch until the page shows it. */
export async function benchStart(cache: string): Promise<void> {
  const empty = await buildEmptyWindow(join(cache, 'bench-window'))
  const emptyProfile = join(cache, 'bench-window-profile')
  const profile = await practiceProfile(cache)
  const clerk = clerkName()
  const taken = { empty: [] as number[], content: [] as number[], inbox: [] as number[] }
  // One more round than counted: the first fills both programs' code caches.
  for (let round = 0; round <= ROUNDS; round++) {
    const bare = await startEmpty(empty, emptyProfile)
    const [content, inbox] = await startApp(profile, clerk)
    if (round === 0) continue
    taken.empty.push(bare)
    taken.content.push(content)
    taken.inbox.push(inbox)
  }
  const row = (name: string, values: number[]) => [
    name,
    seconds(median(values)),
    seconds(p95(values)),
    times(median(values) / median(taken.empty)),
  ]
  printTable(`1  start to first content, ${ROUNDS} starts in turn, a practice profile with its hub`, [
    ['', 'median', 'p95', 'ratio'],
    row('empty Electron window, 20 static lines by React', taken.empty),
    row('app, first content: the people who may sign in (goal ≤ 1.3 ×)', taken.content),
    row('app, inbox rows: one click on a person later', taken.inbox),
  ])
}

async function startEmpty(folder: string, profile: string): Promise<number> {
  const { app, page, passed } = await launch(folder, profile)
  await page.locator('.row').first().waitFor()
  const shown = passed()
  await app.close()
  return shown
}

async function startApp(profile: string, clerk: string): Promise<[content: number, inbox: number]> {
  const { app, page, passed } = await launch(ROOT, profile)
  const person = page.locator(SIGN_IN_ROW).filter({ hasText: clerk })
  await person.waitFor()
  const content = passed()
  await person.click()
  await page.locator(INBOX_ROW).first().waitFor()
  const inbox = passed()
  await app.close()
  return [content, inbox]
}

/** Longest a start may take before it counts as stuck. */
const PATIENCE_MS = 30_000

/** A launch that gets stuck (a build under way replaces the program's files) is said and tried once more. */
export async function launch(program: string, profile: string): Promise<Started> {
  try {
    return await launchOnce(program, profile)
  } catch (error) {
    console.log(`  a start got stuck and is repeated: ${String(error).split('\n')[0]}`)
    return launchOnce(program, profile)
  }
}

/** Same words for both programs. Playwright's own part of a launch is in both times. */
async function launchOnce(program: string, profile: string): Promise<Started> {
  const env: Record<string, string> = {}
  for (const [key, value] of Object.entries({ ...process.env, TZ: 'Asia/Jayapura' }))
    if (value !== undefined) env[key] = value
  const started = performance.now()
  const app = await _electron.launch({
    args: [program, '--disable-gpu', `--user-data-dir=${profile}`, '--lang=id'],
    env,
    cwd: ROOT,
    timeout: PATIENCE_MS,
  })
  const page = await app.firstWindow({ timeout: PATIENCE_MS })
  return { app, page, passed: () => (performance.now() - started) / 1000 }
}

/** A PC on which practice was begun, mirrored and closed; kept between runs until schema or practice data change. */
async function practiceProfile(cache: string): Promise<string> {
  const profile = join(cache, 'bench-practice')
  const mark = join(profile, 'prepared')
  const key = profileKey()
  if (existsSync(mark) && readFileSync(mark, 'utf8') === key) return profile
  rmSync(profile, { recursive: true, force: true })
  mkdirSync(profile, { recursive: true })
  console.log('preparing a practice profile (once; kept in .cache)')
  const { app, page } = await launch(ROOT, profile)
  // Without waiting for the answer: the page shows the progress and then the inbox.
  await page.evaluate(`void window.bridge.invoke('setup.startPractice', {})`)
  await page.locator(INBOX_ROW).first().waitFor({ timeout: 120_000 })
  await page.waitForTimeout(3000)
  await app.close()
  writeFileSync(mark, key)
  return profile
}

function profileKey(): string {
  const hash = createHash('sha256')
  for (const file of [
    'electron/core/db/migrations/0001-start.ts',
    'electron/hub/db/migrations/0001-base.ts',
    'resources/practice/bootstrap.json',
  ])
    hash.update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}

function clerkName(): string {
  const file = readFileSync(join(ROOT, 'resources/practice/bootstrap.json'), 'utf8')
  const { people } = JSON.parse(file) as { people: { id: string; name: string }[] }
  return people.find((person) => person.id === CLERK)!.name
}
