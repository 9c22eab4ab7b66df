import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { onlyReexports, readsNodeEnv } from './syntax.ts'

const parse = (code: string): unknown => parseSync('module.js', code).program

describe('readsNodeEnv', () => {
  it.each([
    'if (process.env.NODE_ENV !== "production") warn()',
    'x(process.env["NODE_ENV"])',
    'y = () => [`${process.env.NODE_ENV}`]',
  ])('finds %s', (code) => expect(readsNodeEnv(parse(code))).toBe(true))

  it.each([
    'config.env.NODE_ENV',
    '"process.env.NODE_ENV"',
    'globalThis.process.env.NODE_ENV',
    'process.env.NODE_ENVIRONMENT',
    '// process.env.NODE_ENV',
  ])('passes over %s', (code) => expect(readsNodeEnv(parse(code))).toBe(false))
})

describe('onlyReexports', () => {
  it.each([
    "export * from './a.js'",
    "export { a as b, default as c } from './a.js'",
    "import { a } from './a.js'\nexport { a }",
  ])('knows %s', (code) => expect(onlyReexports(parse(code))).toBe(true))

  it.each([
    "export * from './a.js'\nexport const b = 1",
    "import { a } from './a.js'\na()",
    "import './a.js'",
    "export * from './a.js'\nexport default class {}",
  ])('is not taken in by %s', (code) => expect(onlyReexports(parse(code))).toBe(false))
})
