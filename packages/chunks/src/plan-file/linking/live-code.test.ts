import { describe, expect, test } from 'vitest'
import { runsInPlace } from './run-effects.ts'

const runs = (code: string): boolean => runsInPlace(`${code}\nexport const own = 1`)

describe('others notice', () => {
  test.each([
    "console.debug('x')",
    'if (true) console.debug()',
    "if (!window.fetch) window.fetch = 'polyfill'",
    "typeof window !== 'undefined' && console.debug()",
    "if ('a' === 'a') console.debug()",
    'if (false) console.debug()\nelse console.info()',
    'const isTest = false\nif (!isTest) console.debug()',
    'window.isTest ? console.debug() : undefined',
    '(() => {\n  if (!window.isTest) return\n  console.debug()\n})()',
    'const IS_TEST = window.isTest\nif (IS_TEST) console.debug()',
  ])('`%s`', (code) => {
    expect(runs(code)).toBe(true)
  })
})

describe('what the bundler may drop is not counted', () => {
  test.each([
    // As Vite 7 has replaced it.
    "if (false) console.debug('x')",
    'if (void 0) (void 0).accept()',
    "if ('production' !== 'production') console.debug()",
    'false && console.debug()',
    'true || console.debug()',
    "if (!1 || 'a' == 'b') { console.debug() }",
    'const isDev = false\nif (isDev && window.open) console.debug()',
    // As Rolldown has it until it writes chunks.
    "if (import.meta.env.DEV) console.debug('x')",
    'import.meta.env.DEV && console.debug()',
    "if (import.meta.env.MODE !== 'production') { window.x = 1 } else { window.x = 2 }",
    'if (import.meta.hot) import.meta.hot.accept()',
    'import.meta.hot?.accept()',
    "process.env.NODE_ENV !== 'production' ? console.debug() : undefined",
    'export const isDev = import.meta.env.DEV\nisDev && console.debug()',
    "typeof __FLAG__ !== 'undefined' && __FLAG__ && console.debug()",
    "import { isDev } from './is-dev.js'\nif (isDev) console.debug()",
    '(() => { if (import.meta.env.DEV) console.debug() })()',
    '(() => {\n  if (!import.meta.env.DEV) return\n  console.debug()\n})()',
    'const trace = () => {\n  if (!import.meta.env.DEV) { return }\n  console.debug()\n}\ntrace()',
    'if (IS_DEV) console.debug()',
  ])('`%s`', (code) => {
    expect(runs(code)).toBe(false)
  })
})

test.each(["import { debug } from './debug.js'\ndebug('x')", "import Trace from './trace.js'\nnew Trace('x')"])(
  'a call of what another module exports may do something, and is no certain effect: `%s`',
  (code) => {
    expect(runs(code)).toBe(true)
    expect(runsInPlace(code, 'certain')).toBe(false)
  },
)

test('a method of what another module exports is certain to do something', () => {
  expect(runsInPlace("import dayjs from 'dayjs'\ndayjs.extend(window.utc)", 'certain')).toBe(true)
})

describe('CommonJS', () => {
  test.each([
    "exports.own = 1\nconsole.debug('x')",
    "const { a } = require('a')\na()",
    "import { __exports as own } from '\0/own.js?commonjs-exports'\nown.a = 1\nexport { own as default }",
    "import * as commonjsHelpers from '\0commonjsHelpers.js'\nown.a = 1\nexport default own",
  ])('runs where it is required: `%s`', (code) => {
    expect(runsInPlace(code)).toBe(false)
  })

  test.each([
    "import { t } from './t.js'\nconsole.debug(t('exports'))",
    "export const own = 'require'\nwindow.own = own",
  ])('is no module that only has a word of it: `%s`', (code) => {
    expect(runsInPlace(code)).toBe(true)
  })
})
