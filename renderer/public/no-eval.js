// Runs before every module: zod would otherwise probe `new Function` once, and the page's policy reports even a caught probe.
globalThis.__zod_globalConfig = { jitless: true }
