import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

const at = (place: string) => resolve(import.meta.dirname, place)
const alias = { '@shared': at('shared') }

// Fixed, not derived from the installed Electron: development may run on an older one (scripts/setup), and the
// same output must work on both.
const nodeTarget = 'node20.18'
const chromiumTarget = 'chrome130'

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: 'out/main',
      target: nodeTarget,
      sourcemap: true,
      rolldownOptions: {
        // The desktop shell, its core and the reader of whole databases (threads), and the hub (a process of its own).
        input: {
          main: at('electron/main.ts'),
          'core-worker': at('electron/core/worker.ts'),
          'check-worker': at('electron/core/db/check-worker.ts'),
          'hub-process': at('electron/hub/process.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: 'out/preload',
      target: nodeTarget,
      // A sandboxed preload may require nothing but 'electron': everything else has to be inside the one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    resolve: { alias },
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      target: chromiumTarget,
      minify: true,
      // Loaded from disk, not over a network: pdfjs alone is larger than the usual limit.
      chunkSizeWarningLimit: 1000,
      rolldownOptions: { input: { index: at('renderer/index.html') } },
    },
  },
})
