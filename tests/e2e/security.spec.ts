import { spawn } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { readPdf } from './support/pdf.ts'
import { test } from './support/fixtures.ts'
import { openListener, tryThePolicy, tryToLeave } from './support/intruder.ts'
import { become, core, findReport, startPractice, visit } from './support/practice.ts'
import { words } from './support/steps.ts'
import type { DeskApp } from './support/desk-app.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Takes the console errors that these words explain; anything else stays a complaint and fails the test. */
function forgive(desk: DeskApp, expected: RegExp): void {
  const others = desk.complaints.filter((text) => !expected.test(text))
  desk.complaints.splice(0, desk.complaints.length, ...others)
}

/** In this order after everything before it: a change of the hash is handled by the same queue as a navigation. */
const fence = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        window.addEventListener('hashchange', () => done(), { once: true })
        location.hash = `#/inbox?fence=${Math.random()}`
      }),
  )

// Verifies security.md: the page holds nothing of Node or Electron but two functions.
test('the page has two functions and nothing of Node', async ({ launch }) => {
  const { page, app } = await launch('tanpa-node')
  const found = await page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer']
    const bridge = (window as unknown as { bridge: Record<string, unknown> }).bridge
    try {
      bridge['invoke'] = () => 'mine'
      ;(window as unknown as { bridge: unknown }).bridge = {}
    } catch {
      // Read-only, as it should be.
    }
    return {
      leaks: names.filter((name) => name in window),
      bridge: Object.entries((window as unknown as { bridge: object }).bridge).map(
        ([name, value]) => `${name}: ${typeof value}`,
      ),
      own: String(bridge['invoke']).includes('mine'),
    }
  })
  expect(found).toEqual({ leaks: [], bridge: ['invoke: function', 'onStale: function'], own: false })
  const preferences = await app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      const all = (
        contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences()
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = all
      // Electron leaves what is off and was never on undefined.
      const off = {
        nodeIntegrationInWorker: all.nodeIntegrationInWorker ?? false,
        nodeIntegrationInSubFrames: all.nodeIntegrationInSubFrames ?? false,
        allowRunningInsecureContent: all.allowRunningInsecureContent ?? false,
      }
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag, ...off }
    }),
  )
  expect(preferences).toEqual([
    {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      allowRunningInsecureContent: false,
    },
  ])
})

test('no window, no navigation, no frame, whatever the page tries', async ({ launch }) => {
  const desk = await launch('keluar')
  const { page, app } = desk
  const listener = await openListener()
  const address = page.url().split('#')[0]
  await page.evaluate(() => Object.assign(window, { still: 'here' }))
  const { opened, tried } = await tryToLeave(page, listener.url)
  await fence(page)
  expect(tried).toBeGreaterThan(150)
  expect(opened).toBe(0)
  expect(page.url().split('#')[0]).toBe(address)
  expect(await page.evaluate(() => [(window as unknown as { still: string }).still, document.title])).toEqual(
    ['here', 'Meja Lapor'],
  )
  const outside = page.frames().filter((frame) => frame !== page.mainFrame())
  expect(outside.map((frame) => frame.url()).filter((url) => !/^(about:|chrome-error:|$)/.test(url))).toEqual(
    [],
  )
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(listener.heard).toEqual([])
  await listener.close()
  forgive(desk, /Content Security Policy|Not allowed to (navigate|load)|ERR_|Refused to|TrustedScriptURL/)
})

test('the policy refuses every request and every way to run text', async ({ launch }) => {
  const desk = await launch('kebijakan')
  const listener = await openListener()
  const { refused, ran } = await tryThePolicy(desk.page, listener.url)
  expect(ran).toEqual([])
  // Text that wants to become code is stopped by Trusted Types, before script-src has to.
  expect(refused).toEqual(
    [
      'base-uri',
      'connect-src',
      'font-src',
      'img-src',
      'media-src',
      'require-trusted-types-for',
      'script-src-elem',
      'style-src-elem',
      'trusted-types',
    ].toSorted(),
  )
  expect(listener.heard).toEqual([])
  await listener.close()
  forgive(desk, /Content Security Policy|Refused to|requires 'Trusted|TrustedTypes|WebSocket|connect-src/)
})

test('every permission is denied, except to copy what was chosen', async ({ launch }) => {
  const desk = await launch('izin')
  const { page } = desk
  const states = await page.evaluate(async () => {
    const names = 'geolocation notifications camera microphone midi clipboard-read persistent-storage'
    const denied = async (name: string) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName })
      return `${name} ${state}`
    }
    const refusal = (act: () => Promise<unknown>) =>
      act().then(
        () => 'granted',
        () => 'denied',
      )
    return {
      queried: (await Promise.all(names.split(' ').map(denied))).filter((line) => !line.endsWith('denied')),
      camera: await refusal(() => navigator.mediaDevices.getUserMedia({ video: true })),
      screen: await refusal(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
      place: await refusal(
        () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail)),
      ),
      clipboard: await refusal(() => navigator.clipboard.readText()),
      notices: await Notification.requestPermission(),
    }
  })
  expect(states).toEqual({
    queried: [],
    camera: 'denied',
    screen: 'denied',
    place: 'denied',
    clipboard: 'denied',
    notices: 'denied',
  })
  await startPractice(desk)
  const report = await findReport(page, () => true)
  await visit(page, 'inbox', { view: 'all', report: report.id })
  await page.getByRole('button', { name: words.report.copyNumber.split(' {{')[0]! }).click()
  await expect(page.getByText(words.report.copied)).toBeVisible()
  expect(await desk.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(report.number)
})

test('own schemes serve the app and its photos, and nothing beside them', async ({ launch }) => {
  const { app } = await launch('skema')
  const statuses = await app.evaluate(async ({ net }) => {
    const of = async (url: string, init?: RequestInit) => {
      const answer = await net.fetch(url, init)
      return `${answer.status} ${answer.headers.get('content-security-policy') ? 'policy' : 'none'}`
    }
    const outside = [
      'app://bundle/../main/main.js',
      'app://bundle/%2e%2e/main/main.js',
      'app://bundle/..%2f..%2fpackage.json',
      'app://bundle/..%5c..%5cpackage.json',
      'app://bundle/assets/..%2f..%2f..%2fpackage.json',
      'app://bundle//etc/passwd',
      'app://bundle/%00index.html',
      'app://bundle/%ff',
      'app://bundle/none.html',
      'app://evil/index.html',
      'lampiran://k/../a/0',
      'lampiran://a/../../data/desk.db',
      'lampiran://b/0',
    ]
    const answers: Record<string, string> = {}
    for (const url of outside) answers[url] = await of(url)
    return {
      index: await of('app://bundle/index.html'),
      absent: await of(`lampiran://a/${'0'.repeat(64)}`),
      absentSmall: await of(`lampiran://k/${'0'.repeat(64)}`),
      post: await of('app://bundle/index.html', { method: 'POST', body: 'x' }),
      served: Object.entries(answers).filter(([, status]) => !status.startsWith('404')),
    }
  })
  expect(statuses).toEqual({
    index: '200 policy',
    absent: '204 none',
    absentSmall: '204 none',
    post: '404 none',
    served: [],
  })
})

test('a second start brings the first to the front; the window comes back where it was', async ({
  launch,
}) => {
  const first = await launch('satu')
  const place = { x: 60, y: 40, width: 1010, height: 640 }
  await first.app.evaluate(({ BrowserWindow }, bounds) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds)
  }, place)
  const { spawnfile, spawnargs } = first.app.process()
  const own = spawnargs.slice(1).filter((arg) => !/^--(inspect|remote-debugging)|^-r$|loader\.js$/.test(arg))
  const second = spawn(spawnfile, own, { cwd: ROOT, env: process.env, stdio: 'ignore' })
  expect(await new Promise((done) => second.once('exit', done))).toBe(0)
  expect(await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await expect(first.page.getByRole('heading', { level: 1 })).toBeVisible()
  await first.close()

  const again = await launch('satu', { userData: first.userData, keepBounds: true })
  expect(
    await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds()),
  ).toEqual(place)
})

test('an answer full of markup prints as the letters it is made of', async ({ launch }) => {
  const desk = await launch('cetak')
  const { page, app } = desk
  const listener = await openListener()
  await startPractice(desk)
  await become(page, 'clerk')
  await app.evaluate(({ app: electron }) => {
    const seen: unknown[] = []
    Object.assign(globalThis, { seenContents: seen })
    electron.on('web-contents-created', (_event, contents) => {
      const all = (
        contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences()
      const { sandbox, contextIsolation, nodeIntegration, javascript, preload } = all
      seen.push({ sandbox, contextIsolation, nodeIntegration, javascript, preload: preload ?? null })
    })
  })
  const body = [
    '<script>document.body.textContent = "TERTIMPA"</script>',
    `<img src="${listener.url}/foto.png" onerror="document.title='x'">`,
    `<style>@import url(${listener.url}/a.css); p { display: none }</style>`,
    `<iframe src="file:///etc/passwd"></iframe>`,
    '&lt;b&gt; dan & tetap seperti tertulis.',
  ].join('\n')
  const report = await findReport(page, (one) => one.state === 'disposed' && one.replyState === null)
  const draft = await core(page, 'drafts.save', {
    draftId: null,
    reportId: report.id,
    kind: 'final',
    body,
    attachments: [],
    replyId: null,
  })
  const { replyId } = await core(page, 'replies.submit', { draftId: draft.id })
  const letter = await core(page, 'letters.draft', {
    kind: 'reply',
    reportId: report.id,
    replyId,
    dispositionId: null,
    paper: 'A4',
    date: null,
  })
  const { bytes } = await core(page, 'letters.pdf', { letterId: letter.id })
  const file = join(await mkdtemp(join(tmpdir(), 'meja-cetak-')), 'surat.pdf')
  await writeFile(file, bytes)
  const text = (await readPdf(file)).text.replaceAll(/\s+/g, '')
  for (const line of body.split('\n')) expect(text).toContain(line.replaceAll(/\s+/g, ''))
  expect(text).not.toContain('root:')
  expect(listener.heard).toEqual([])
  expect(
    await app.evaluate(() => (globalThis as unknown as { seenContents: unknown[] }).seenContents),
  ).toEqual([
    { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, preload: null },
  ])
  // On the screen too it is text, and the PDF's reader works without Node.
  await visit(page, 'letters', { letter: letter.id })
  await expect(page.locator('canvas[aria-label*="<script>"]')).toBeVisible()
  const inWorkers = await Promise.all(
    page
      .workers()
      .map((worker) =>
        worker.evaluate(() => ['require', 'process', 'module'].filter((name) => name in globalThis)),
      ),
  )
  expect(inWorkers).toEqual([[]])
  await visit(page, 'inbox', { view: 'all', report: report.id })
  await expect(page.getByText('<script>document.body').first()).toBeVisible()
  await listener.close()
})
