import { afterAll, expect, test } from 'vitest'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { percentile } from '../../scripts/check-sizes.mjs'
import { sourceHash } from '../../scripts/setup/build.mjs'
import { cacheFolder, fillAtomically } from '../../scripts/setup/cache.mjs'
import { hasDisplay } from '../../scripts/setup/display.mjs'
import { electronEnv, isDownloadReachable } from '../../scripts/setup/electron-runtime.mjs'
import { standInName } from '../../scripts/setup/electron-stand-in.mjs'
import { setFuses } from '../../scripts/setup/fuses.mjs'
import { isNodeNewEnough, requireNode } from '../../scripts/setup/node-version.mjs'
import { lockHash } from '../../scripts/setup/packages.mjs'
import { capture, npmCommand, root, run, withLocalTools } from '../../scripts/setup/process.mjs'
import { sqliteDefines, systemHeaderVersion } from '../../scripts/setup/sqlite-binding.mjs'
import { missingLibraries, modernName } from '../../scripts/setup/system-packages.mjs'

const folder = mkdtempSync(path.join(os.tmpdir(), 'setup tests '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('Node 20.19 is the oldest that starts, and an older one is told the cure in both languages', () => {
  expect(['20.19.0', '20.20.2', '22.0.0', '24.21.0'].every(isNodeNewEnough)).toBe(true)
  expect(['18.20.8', '20.18.1', '20.9.0', '16'].some(isNodeNewEnough)).toBe(false)
  expect(() => requireNode('18.20.8')).toThrow(/pasang Node 20\.19[^]*install Node 20\.19/)
})

test('the lock fingerprint follows dependencies, not scripts', () => {
  const clone = path.join(folder, 'lock')
  mkdirSync(clone)
  const manifest = (scripts: object, zod: string) => {
    writeFileSync(path.join(clone, 'package.json'), JSON.stringify({ scripts, dependencies: { zod } }))
    writeFileSync(path.join(clone, 'package-lock.json'), '{}')
    return lockHash(clone)
  }
  const first = manifest({}, '1.0.0')
  expect(manifest({ start: 'x' }, '1.0.0')).toBe(first)
  expect(manifest({}, '1.0.1')).not.toBe(first)
})

test('npm is called through its own Node when it started us, and through a shell only on Windows', () => {
  const cli = path.join(folder, 'npm-cli.js')
  writeFileSync(cli, '')
  const env = { npm_execpath: cli, npm_node_execpath: '/system/node' }
  expect(npmCommand(['ci'], env)).toEqual({ command: '/system/node', args: [cli, 'ci'], shell: false })
  expect(npmCommand(['ci'], {}, 'linux')).toEqual({ command: 'npm', args: ['ci'], shell: false })
  expect(npmCommand(['ci'], {}, 'win32')).toEqual({ command: 'npm.cmd', args: ['ci'], shell: true })
})

test('local tools come first on PATH, once, whatever the variable is called', () => {
  const bin = path.join(root, 'node_modules/.bin')
  const twice = withLocalTools(withLocalTools({ Path: '/usr/bin' }))
  expect(twice).toEqual({ Path: [bin, '/usr/bin'].join(path.delimiter) })
})

test('a program’s exit code and the signal that ended it come back', async () => {
  expect(await run(process.execPath, ['-e', 'process.exit(7)'])).toBe(7)
  expect(
    await run(process.execPath, ['-e', 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000)']),
  ).toBe(143)
  expect(capture(process.execPath, ['-p', '6*7']).stdout.trim()).toBe('42')
  expect(capture('/no/such/program', []).ok).toBe(false)
})

test('the cache is in the platform’s place', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/h')).toBe(path.join('/c', 'meja-lapor'))
  expect(cacheFolder({}, 'linux', '/h')).toBe(path.join('/h', '.cache/meja-lapor'))
  expect(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32', '/h')).toBe(path.join('/l', 'meja-lapor/cache'))
})

test('a folder appears whole or not at all', async () => {
  const target = path.join(folder, 'whole')
  await expect(
    fillAtomically(target, (part) => {
      writeFileSync(path.join(part, 'half'), '')
      throw new Error('killed')
    }),
  ).rejects.toThrow('killed')
  expect(readdirSync(folder).filter((name) => name.startsWith('whole'))).toEqual([])
  await fillAtomically(target, (part) => writeFileSync(path.join(part, 'file'), 'first'))
  await fillAtomically(target, (part) => writeFileSync(path.join(part, 'file'), 'second'))
  expect(readFileSync(path.join(target, 'file'), 'utf8')).toBe('first')
})

test('the Electron download is asked for only when allowed, and silence means no', async () => {
  const asked: string[] = []
  const answer = (ok: boolean) => (url: unknown) => {
    asked.push(String(url))
    return ok ? Promise.resolve(new Response('')) : Promise.reject(new Error('no network'))
  }
  expect(await isDownloadReachable('45.4.1', { APP_ELECTRON_OFFLINE: '1' }, answer(true))).toBe(false)
  expect(asked).toEqual([])
  expect(await isDownloadReachable('45.4.1', { ELECTRON_MIRROR: 'https://mirror.test/' }, answer(true))).toBe(
    true,
  )
  expect(asked).toEqual(['https://mirror.test/v45.4.1/SHASUMS256.txt'])
  expect(await isDownloadReachable('45.4.1', {}, answer(false))).toBe(false)
})

test('tools are told about the runtime; the sandbox goes only for root', () => {
  const runtime = { folder: '/e', program: '/e/electron', version: '33.2.1', kind: 'stand-in' as const }
  expect(electronEnv(runtime, true)).toEqual({
    ELECTRON_OVERRIDE_DIST_PATH: '/e',
    ELECTRON_EXEC_PATH: '/e/electron',
    APP_ELECTRON: '/e/electron',
    ELECTRON_MAJOR_VER: '33',
    NO_SANDBOX: '1',
  })
  expect(electronEnv({ ...runtime, version: '45.4.1', kind: 'official' }, false)).not.toHaveProperty(
    'NO_SANDBOX',
  )
})

test('the stand-in leaves the other application out', () => {
  expect(standInName('Cypress/Cypress')).toBe('electron')
  expect(standInName('Cypress/libffmpeg.so')).toBe('libffmpeg.so')
  expect(standInName('Cypress/resources/app/package.json')).toBeUndefined()
  expect(standInName('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined()
})

test('fuses are set behind the marker, and a foreign file is refused', () => {
  const binary = Buffer.from(`xx dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u00080100r011 yy`, 'latin1')
  setFuses(binary, { 0: true, 3: true, 6: false })
  expect(binary.toString('latin1')).toContain('\u0001\u00081101r001')
  expect(() => setFuses(binary, { 4: true })).toThrow('removed')
  expect(() => setFuses(binary, { 8: true })).toThrow('8 fuses')
  expect(() => setFuses(Buffer.from('nothing'), { 0: true })).toThrow('no Electron')
})

test('missing libraries are read from ldd; later Debian names are known', () => {
  const ldd =
    '\tlibgtk-3.so.0 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x7f)\n\tlibnss3.so => not found\n'
  expect(missingLibraries(ldd)).toEqual(['libgtk-3.so.0', 'libnss3.so'])
  expect(missingLibraries('\tnot a dynamic executable\n')).toEqual([])
  expect(['libasound2', 'xvfb'].map(modernName)).toEqual(['libasound2t64', 'xvfb'])
})

test('SQLite is compiled with the package’s own options', () => {
  expect(
    sqliteDefines(
      "{ 'defines': [\n 'SQLITE_DQS=0',\n 'SQLITE_DEFAULT_CACHE_SIZE=-16000',\n 'SQLITE_SOUNDEX',\n] }",
    ),
  ).toEqual(['-DSQLITE_DQS=0', '-DSQLITE_DEFAULT_CACHE_SIZE=-16000', '-DSQLITE_SOUNDEX'])
  const real = readFileSync(path.join(root, 'node_modules/better-sqlite3/deps/defines.gypi'), 'utf8')
  expect(sqliteDefines(real)).toContain('-DSQLITE_ENABLE_FTS5')
})

test('only headers of Node 20 are taken from the system', () => {
  const headers = (major: number) => {
    const text = `#define NODE_MAJOR_VERSION ${major}\n#define NODE_MINOR_VERSION 20\n#define NODE_PATCH_VERSION 2\n`
    writeFileSync(path.join(folder, 'node_version.h'), text)
    return systemHeaderVersion(folder)
  }
  expect([headers(20), headers(24), systemHeaderVersion('/nowhere')]).toEqual([
    '20.20.2',
    undefined,
    undefined,
  ])
})

test('the build is repeated when a source changes, appears or goes', () => {
  const clone = path.join(folder, 'sources')
  mkdirSync(path.join(clone, 'shared'), { recursive: true })
  const empty = sourceHash(clone, ['shared', 'missing'])
  writeFileSync(path.join(clone, 'shared/a.ts'), '1')
  const one = sourceHash(clone, ['shared', 'missing'])
  writeFileSync(path.join(clone, 'shared/a.ts'), '12')
  expect(new Set([empty, one, sourceHash(clone, ['shared', 'missing'])]).size).toBe(3)
  rmSync(path.join(clone, 'shared/a.ts'))
  expect(sourceHash(clone, ['shared', 'missing'])).toBe(empty)
})

test('a screen is needed only on Linux without one', () => {
  expect(hasDisplay({}, 'linux')).toBe(false)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({}, 'win32')).toBe(true)
})

test('percentiles of sizes', () => {
  expect(percentile([5, 1, 3], 0.5)).toBe(3)
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(10)
  expect(percentile([], 0.5)).toBe(0)
})

test('the scripts that run before anything is installed import only Node itself', () => {
  const early = [
    'start.mjs',
    'test.mjs',
    'hub.mjs',
    'check.mjs',
    'demo.mjs',
    'screenshots.mjs',
    'bench-quick.mjs',
  ]
  const setup = readdirSync(path.join(root, 'scripts/setup')).filter((name) => name.endsWith('.mjs'))
  for (const name of [...early, ...setup.map((file) => `setup/${file}`)]) {
    const file = path.join(root, 'scripts', name)
    expect(existsSync(file)).toBe(true)
    const imports = [...readFileSync(file, 'utf8').matchAll(/^import .* from '([^']+)'|^} from '([^']+)'/gm)]
    const foreign = imports
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((from) => !/^(node:|\.\.?\/)/.test(from))
    expect({ name, foreign }).toEqual({ name, foreign: [] })
  }
})
