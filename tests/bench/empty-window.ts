import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const MAIN = `const { app, BrowserWindow } = require('electron')
const { join } = require('node:path')
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false, webPreferences: { sandbox: true } })
  window.once('ready-to-show', () => window.show())
  window.loadFile(join(__dirname, 'page/index.html'))
})
app.on('window-all-closed', () => app.quit())
`
const HTML = `<!doctype html><meta charset="utf-8"><title>kosong</title><div id="root"></div>
<script type="module" src="./page.js"></script>`
const PAGE = `import { createElement as h } from 'react'
import { createRoot } from 'react-dom/client'
const rows = Array.from({ length: 20 }, (_, i) => h('li', { key: i, className: 'row' }, 'Baris ' + i))
createRoot(document.getElementById('root')).render(h('ul', null, rows))`

/**
 * Builds the least Electron program that shows something by React: one sandboxed window, twenty fixed lines, no
 * preload, no data. Answers its folder.
 */
export async function buildEmptyWindow(folder: string): Promise<string> {
  const source = join(folder, 'source')
  mkdirSync(source, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'kosong', main: 'main.cjs' }))
  writeFileSync(join(folder, 'main.cjs'), MAIN)
  writeFileSync(join(source, 'index.html'), HTML)
  writeFileSync(join(source, 'page.js'), PAGE)
  await build({
    root: source,
    base: './',
    configFile: false,
    logLevel: 'error',
    // A page from file:// may not load modules across origins; without the attribute it may.
    build: { outDir: join(folder, 'page'), emptyOutDir: true, modulePreload: false },
    plugins: [{ name: 'file', transformIndexHtml: (html) => html.replaceAll(' crossorigin', '') }],
  })
  return folder
}
