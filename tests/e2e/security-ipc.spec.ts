import { expect, type Page } from '@playwright/test'
import { contract, type Method } from '../../shared/ipc/contract.ts'
import { ErrorCode } from '../../shared/ipc/errors.ts'
import { test } from './support/fixtures.ts'
import { ask, core, findReport, startPractice } from './support/practice.ts'

const METHODS = Object.keys(contract) as Method[]
/** Calls that a locked app answers; every other one says `locked`. */
const BEFORE_SIGN_IN = METHODS.filter((method) => /^(app|session)\./.test(method) || method === 'setup.enrol')
/** Calls whose empty input is right and that would start or end something, or open a window of the system. */
const ACTS: readonly Method[] = [
  'setup.startPractice',
  'setup.rebuild',
  'session.signOut',
  'attachments.pick',
  'sync.now',
]

interface Outcome {
  method: string
  value: string
  code: string
  ms: number
}

/** Sends every unreasonable value to every method, from inside the page, and says what came back. */
const pester = (page: Page, methods: readonly string[]): Promise<Outcome[]> =>
  page.evaluate(async (names) => {
    const cyclic: Record<string, unknown> = { reportId: 'x' }
    cyclic['self'] = cyclic
    const deep: unknown[] = []
    let inner = deep
    for (let n = 0; n < 500; n++) {
      const next: unknown[] = []
      inner.push(next)
      inner = next
    }
    const values: Record<string, unknown> = {
      nothing: undefined,
      null: null,
      number: 2 ** 53,
      nan: Number.NaN,
      negativeZero: -0,
      big: 1n,
      text: "' OR 1=1 --",
      long: 'x'.repeat(5_000_000),
      longField: { reportId: 'x'.repeat(5_000_000), q: 'x'.repeat(5_000_000), body: 'x'.repeat(5_000_000) },
      surrogate: { reportId: '\ud800', q: '\udfff', view: '\ud800' },
      list: [[[]]],
      deep,
      cyclic,
      proto: JSON.parse(
        '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
      ),
      wrongKinds: { reportId: {}, draftId: [], replyId: 5, payload: 'x', view: null, limit: '9', year: 1.5 },
      bytes: new Uint8Array(1000),
      map: new Map([['reportId', 'x']]),
      extra: { unasked: 1 },
      path: { sha256: '../../etc/passwd', name: '../../etc/passwd', hubUrl: 'file:///etc/passwd' },
    }
    const bridge = (window as unknown as { bridge: { invoke(m: string, i: unknown): Promise<unknown> } })
      .bridge
    const outcomes: { method: string; value: string; code: string; ms: number }[] = []
    for (const method of names)
      for (const [value, input] of Object.entries(values)) {
        const from = performance.now()
        const code = await bridge.invoke(method, input).then(
          (answer) => {
            const known = answer as { ok: boolean; error?: { code: string } }
            return known.ok ? 'ok' : (known.error?.code ?? 'no code')
          },
          (error: unknown) => `rejected: ${String(error)}`,
        )
        outcomes.push({ method, value, code, ms: performance.now() - from })
      }
    return outcomes
  }, methods)

const codes: readonly string[] = ErrorCode.options

function expectTyped(outcomes: readonly Outcome[]): void {
  const untyped = outcomes.filter(
    ({ code }) => code === 'internal' || !(code === 'ok' || codes.includes(code)),
  )
  expect(untyped).toEqual([])
  const taken = outcomes.filter(({ code, value }) => code === 'ok' && !['nothing'].includes(value))
  // An input that is only empty apart from what nobody asked for is the one thing a call without input may accept.
  expect(taken.filter(({ value }) => !['map', 'bytes'].includes(value))).toEqual([])
}

test('calls without anybody signed in answer locked, whatever they carry', async ({ launch }) => {
  const { page } = await launch('terkunci')
  const outcomes = await pester(
    page,
    METHODS.filter((method) => !ACTS.includes(method)),
  )
  expectTyped(outcomes)
  const valid: Partial<Record<Method, unknown>> = {
    'reports.list': { view: 'all' },
    'reports.find': { q: 'x' },
    'letters.register': { year: 2026 },
    'letters.list': { year: null, kind: null, reportId: null },
    'sync.outbox': { open: true },
    'sync.log': { limit: 10 },
  }
  const empty = METHODS.filter(
    (method) =>
      !BEFORE_SIGN_IN.includes(method) &&
      !method.startsWith('setup.') &&
      contract[method].input.safeParse({}).success,
  )
  expect(empty.length).toBeGreaterThan(10)
  for (const method of [...empty, ...Object.keys(valid)])
    expect(await ask(page, method, valid[method as Method] ?? {}), method).toMatchObject({
      ok: false,
      error: { code: 'locked' },
    })
  for (const method of ['unknown', '__proto__', 'constructor', 'toString', '', 'reports.list\0'])
    expect(await ask(page, method, {}), method).toMatchObject({ ok: false, error: { code: 'bad_input' } })
  for (const method of [null, 5, {}, []])
    expect(await ask(page, method as never, {})).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
  expect((await core(page, 'app.status', {})).phase).toBe('first_run')
})

test('an open desk survives the same and changes nothing', async ({ launch }) => {
  const desk = await launch('keras')
  const { page } = desk
  await startPractice(desk)
  const before = await core(page, 'sync.status', {})
  const report = await findReport(page, (one) => one.state === 'received')
  const kept = await core(page, 'reports.get', { reportId: report.id })
  expectTyped(
    await pester(
      page,
      METHODS.filter((method) => !ACTS.includes(method)),
    ),
  )
  expect(await page.evaluate(() => (({}) as { polluted?: boolean }).polluted)).toBeUndefined()
  const after = await core(page, 'sync.status', {})
  expect(after.queued).toBe(before.queued)
  expect((await core(page, 'reports.get', { reportId: report.id })).version).toBe(kept.version)
  await core(page, 'session.signOut', {})
  expect(await ask(page, 'reports.list', { view: 'all' })).toMatchObject({ error: { code: 'locked' } })
  expect(await ask(page, 'reports.get', { reportId: report.id })).toMatchObject({ error: { code: 'locked' } })
})

test('another origin and a frame of the page are not heard', async ({ launch }) => {
  const desk = await launch('asing')
  const answers = await desk.app.evaluate(async ({ BrowserWindow, app }) => {
    const { join } = process.getBuiltinModule('node:path')
    const preload = join(app.getAppPath(), 'out/preload/preload.cjs')
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await foreign.loadURL('about:blank')
    const heard: unknown = await foreign.webContents.executeJavaScript(
      `window.bridge ? window.bridge.invoke('app.status', {}) : 'no bridge'`,
    )
    foreign.destroy()
    return heard
  })
  expect(answers).toMatchObject({ ok: false, error: { code: 'not_allowed' } })
})
