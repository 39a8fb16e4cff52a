import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'

// Child processes of tests run TypeScript by Node itself, which does not know the alias of the build.
registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('@shared/')) return next(specifier, context)
    const file = resolve(import.meta.dirname, '../../shared', specifier.slice('@shared/'.length))
    return next(pathToFileURL(file).href, context)
  },
})
