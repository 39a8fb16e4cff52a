import { config } from 'zod'

// Zod otherwise tries `new Function` to see whether it may compile schemas; the page's policy forbids and reports it.
// Imported first by main.tsx, before any schema is made.
config({ jitless: true })
