import { registerHooks } from 'node:module'

// A process that tests start runs against the sources, as they do themselves: what is built may be older, or not there.
registerHooks({
  resolve(specifier, context, next) {
    const name = /^@paceline\/([a-z-]+)$/.exec(specifier)?.[1]
    const source = name && new URL(`../../../../${name}/src/index.ts`, import.meta.url).href
    return next(source ?? specifier, context)
  },
})
