// Starts the application named on the command line, as the official Electron's own default app does.
// It lives inside the stand-in runtime that set-up assembles for development; nothing here is shipped.
import { app } from 'electron'
import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(path.join(process.cwd(), 'index.js'))
const preloads = []
let target = '.'
for (let index = 1; index < process.argv.length; index++) {
  const word = process.argv[index]
  if (word === '-r' || word === '--require') preloads.push(process.argv[++index])
  else if (!word.startsWith('-')) {
    target = word
    break
  }
}

process.defaultApp = true
// Test drivers pass `-r loader` to hold back the ready event: it must run before the application does.
for (const file of preloads) require(file)

const place = path.resolve(target)
if (statSync(place).isDirectory()) {
  const manifest = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'))
  app.setName(manifest.productName ?? manifest.name)
  if (manifest.version) app.setVersion(manifest.version)
  app.setAppPath(place)
  // Awaited at top level on purpose: Electron holds back its ready event until this module has finished.
  await import(pathToFileURL(path.join(place, manifest.main ?? 'index.js')).href)
} else {
  app.setAppPath(path.dirname(place))
  await import(pathToFileURL(place).href)
}
