import { registerHooks } from 'node:module'

/** Lets plain Node load the core's `@shared/*` imports: `node --import ./tests/bench/alias.ts …`. */
const shared = new URL('../../shared/', import.meta.url)

registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.startsWith('@shared/') ? new URL(specifier.slice(8), shared).href : specifier, context),
})
