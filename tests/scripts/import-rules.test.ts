import { afterAll, beforeAll, expect, test } from 'vitest'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import config from '../../.dependency-cruiser.mjs'
import { checkImports } from '../../scripts/check-imports.mjs'

/** One planted violation per rule: the file that breaks it and what it imports. Targets are made empty. */
const PLANTED: Record<string, { file: string; imports: string }[]> = {
  'no-cycles': [{ file: 'shared/domain/round.ts', imports: './trip.ts' }],
  'no-orphans': [{ file: 'electron/core/forgotten.ts', imports: '' }],
  resolvable: [{ file: 'shared/domain/broken.ts', imports: './nowhere.ts' }],
  'no-undeclared-packages': [{ file: 'electron/core/undeclared.ts', imports: 'fastify' }],
  'shipped-code-uses-dependencies': [{ file: 'electron/core/dev-only.ts', imports: 'react' }],
  'shared-stays-home': [{ file: 'shared/domain/reaches-core.ts', imports: '../../electron/core/index.ts' }],
  'shared-is-isomorphic': [{ file: 'shared/domain/reads-files.ts', imports: 'node:fs' }],
  'shared-only-zod': [{ file: 'shared/domain/uses-react.ts', imports: 'react' }],
  'core-without-electron': [{ file: 'electron/core/shows-window.ts', imports: 'electron' }],
  'core-stays-home': [
    { file: 'electron/core/knows-shell.ts', imports: '../shell/window.ts' },
    { file: 'electron/core/knows-hub.ts', imports: '../hub/index.ts' },
    { file: 'electron/core/knows-screen.ts', imports: '../../renderer/main.ts' },
  ],
  'hub-without-electron': [{ file: 'electron/hub/shows-window.ts', imports: 'electron' }],
  'hub-stays-home': [{ file: 'electron/hub/knows-core.ts', imports: '../core/index.ts' }],
  'core-by-the-front-door': [{ file: 'electron/shell/back-door.ts', imports: '../core/db/open.ts' }],
  'hub-by-the-front-door': [{ file: 'electron/shell/hub-back-door.ts', imports: '../hub/server.ts' }],
  'shell-stays-in-main': [{ file: 'electron/shell/loads-screen.ts', imports: '../../renderer/main.ts' }],
  'preload-stays-small': [{ file: 'electron/preload.ts', imports: './core/index.ts' }],
  'preload-without-packages': [{ file: 'electron/preload.ts', imports: 'zod' }],
  'renderer-stays-home': [{ file: 'renderer/bridge/cheats.ts', imports: '../../electron/core/index.ts' }],
  'renderer-without-node': [{ file: 'renderer/bridge/reads-files.ts', imports: 'node:fs' }],
  'renderer-without-electron': [{ file: 'renderer/bridge/asks-electron.ts', imports: 'electron' }],
  'features-apart': [{ file: 'renderer/features/inbox/peeks.ts', imports: '../letters/letters.ts' }],
  'components-below-features': [
    { file: 'renderer/components/peeks.ts', imports: '../features/letters/letters.ts' },
  ],
  'hub-client-without-db': [{ file: 'electron/core/hub-client/stores.ts', imports: '../db/open.ts' }],
  'queries-and-commands-without-sync': [
    { file: 'electron/core/commands/waits.ts', imports: '../sync/engine.ts' },
    { file: 'electron/core/queries/waits.ts', imports: '../sync/engine.ts' },
  ],
  'no-tests-in-the-program': [{ file: 'electron/core/uses-fake.ts', imports: '../../tests/fakes/clock.ts' }],
}

/** Files that exist so that the planted imports resolve; what each of them imports is allowed. */
const HONEST: Record<string, string> = {
  'shared/domain/trip.ts': "import './round.ts'",
  'electron/core/index.ts': "import '@shared/domain/fine.ts'; import './db/open.ts'; import 'node:fs'",
  'shared/domain/fine.ts': "import 'zod'",
  'electron/core/db/open.ts': "import 'better-sqlite3'",
  'electron/core/sync/engine.ts': "import '../hub-client/http.ts'; import '../db/open.ts'",
  'electron/core/hub-client/http.ts': "import '@shared/domain/fine.ts'",
  'electron/shell/window.ts': "import 'electron'; import '../core/index.ts'; import '../hub/index.ts'",
  'electron/hub/index.ts': "import './server.ts'",
  'electron/hub/server.ts': "import 'node:http'; import 'zod'",
  'renderer/main.ts': "import 'react'; import './features/letters/letters.ts'",
  'renderer/features/letters/letters.ts': "import '@shared/domain/fine.ts'",
  'tests/fakes/clock.ts': "import '../../shared/domain/fine.ts'",
}

let folder = ''
let found: Awaited<ReturnType<typeof checkImports>>['violations'] = []

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'import-rules-'))
  const manifest = {
    name: 'planted',
    type: 'module',
    dependencies: { zod: '*', 'better-sqlite3': '*' },
    devDependencies: { electron: '*', react: '*' },
  }
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest))
  for (const name of ['zod', 'better-sqlite3', 'electron', 'react', 'fastify']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    write(`node_modules/${name}/index.js`, '')
  }
  for (const [file, text] of Object.entries(HONEST)) write(file, `${text}\nexport const here = 1\n`)
  const lines = new Map<string, string[]>()
  for (const { file, imports } of Object.values(PLANTED).flat()) {
    lines.set(file, [...(lines.get(file) ?? []), imports ? `import '${imports}'` : ''])
  }
  for (const [file, imports] of lines) write(file, `${imports.join('\n')}\nexport const planted = 1\n`)
  found = (await checkImports(folder)).violations
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(file: string, text: string) {
  const full = path.join(folder, file)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, text)
}

test('every rule has a planted violation', () => {
  expect(Object.keys(PLANTED).toSorted()).toEqual(config.forbidden?.map((rule) => rule.name).toSorted())
})

test.each(Object.entries(PLANTED))('%s fires', (rule, planted) => {
  for (const { file } of planted) {
    expect(found.filter((one) => one.rule === rule).map((one) => one.from)).toContain(file)
  }
})

test('what the architecture allows is left alone', () => {
  const honest = found.filter((one) => one.from in HONEST && one.rule !== 'no-cycles')
  expect(honest).toEqual([])
})

test('an import of a type alone counts too', async () => {
  const other = mkdtempSync(path.join(os.tmpdir(), 'import-types-'))
  try {
    symlinkSync(path.join(folder, 'node_modules'), path.join(other, 'node_modules'))
    mkdirSync(path.join(other, 'shared'))
    mkdirSync(path.join(other, 'electron/core'), { recursive: true })
    writeFileSync(path.join(other, 'package.json'), '{"name":"types","type":"module"}')
    writeFileSync(path.join(other, 'electron/core/index.ts'), 'export type Desk = string\n')
    writeFileSync(
      path.join(other, 'shared/view.tsx'),
      "import type { Desk } from '../electron/core/index.ts'\nexport const view = (desk: Desk) => <p>{desk}</p>\n",
    )
    const { violations } = await checkImports(other)
    expect(violations.map((one) => one.rule)).toContain('shared-stays-home')
  } finally {
    rmSync(other, { recursive: true, force: true })
  }
})
