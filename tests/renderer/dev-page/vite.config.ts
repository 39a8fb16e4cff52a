import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '../../..')
// The policy of the app's own pages, so that a violation shows up here first; the nonce is fixed because nothing is served to anyone.
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'nonce-dev'`,
  `img-src 'self' lampiran: blob:`,
  `font-src 'self'`,
  `connect-src 'none'`,
  `worker-src 'self'`,
  `require-trusted-types-for 'script'`,
].join('; ')

/** The renderer over the fake bridge in a browser: `npx vite build --config …` then `npx vite preview --config …`. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias: { '@shared': resolve(root, 'shared') } },
  plugins: [react()],
  build: { outDir: resolve(root, '.cache/dev-page'), emptyOutDir: true, target: 'chrome130' },
  server: { port: 5199, strictPort: true, fs: { allow: [root] } },
  preview: { port: 5199, strictPort: true, headers: { 'Content-Security-Policy': policy } },
})
