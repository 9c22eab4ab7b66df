import { parseSync } from 'oxc-parser'
import type { Rollup } from 'vite'
import { describe, expect, test } from 'vitest'
import type { FinishedOutput } from './finished-output.ts'
import { readBundle } from './read-bundle.ts'

type Modules = Readonly<Record<string, readonly [code: string, ...imports: string[]]>>

/** A bundle of some chunks. Module → its code after tree shaking, and what it imports. */
function output(...chunks: readonly Modules[]): FinishedOutput {
  const modules: Modules = Object.assign({}, ...chunks)
  const context = {
    getModuleInfo: () => null,
    parse: (code: string) => parseSync('chunk.js', code, { preserveParens: false }).program,
    meta: { rolldownVersion: '1.2.19' },
  }
  const bundle = chunks.map((own, index) => ({
    type: 'chunk',
    fileName: `${index}.js`,
    name: `${index}`,
    moduleIds: Object.keys(own),
    modules: Object.fromEntries(Object.entries(own).map(([id, [code]]) => [id, { code }])),
    imports: [],
    dynamicImports: [],
  }))
  return readBundle(
    context as unknown as Parameters<typeof readBundle>[0],
    Object.fromEntries(bundle.map((chunk) => [chunk.fileName, chunk])) as unknown as Rollup.OutputBundle,
    Object.entries(modules).map(([id, [, ...imports]]) => ({
      id,
      entry: false,
      imports: imports.map((target) => ({ id: target, kind: 'static' as const })),
    })),
    true,
    { empty: new Set(['/app/values.module.css']), global: new Set() },
  )
}

/** A module as Rolldown wraps it: its code runs at the first call of the function. */
const wrapped = (name: string, code: string): string => `var ${name} = /* @__PURE__ */ __esmMin((() => {\n${code}\n}));`
const common = (name: string, code: string): string =>
  `var ${name} = /* @__PURE__ */ __commonJSMin(((exports, module) => {\n${code}\n}));`

describe('a call of a module’s own function', () => {
  test('is noticed when what the function runs is', () => {
    const { hasEffects } = output({
      '/app/main.js': ['init_loud();', '/app/loud.js'],
      '/app/loud.js': [wrapped('init_loud', "document.title = 'loud'")],
    })
    expect(hasEffects('/app/main.js')).toBe(true)
  })

  test('is not noticed when the function only makes what it exports', () => {
    const { hasEffects } = output({
      '/app/main.js': [
        'init_calm();\n/* @__PURE__ */ init_quiet();\nrequire_calm();',
        '/app/calm.js',
        '/app/quiet.js',
        '/app/calm.cjs',
      ],
      '/app/quiet.js': [wrapped('init_quiet', '')],
      '/app/calm.js': [`var calm;\n${wrapped('init_calm', 'calm = { a: 1 }')}`],
      '/app/calm.cjs': [common('require_calm', 'exports.a = 1')],
    })
    expect(hasEffects('/app/main.js')).toBe(false)
  })

  test('is not noticed by being defined, only by being called', () => {
    const { hasEffects } = output({ '/app/loud.js': [wrapped('init_loud', "document.title = 'loud'")] })
    expect(hasEffects('/app/loud.js')).toBe(false)
  })

  test('counts through modules that are run one by another, circles included', () => {
    const { hasEffects } = output({
      '/app/main.js': ['init_a();', '/app/a.js'],
      '/app/a.js': [wrapped('init_a', '\tinit_b();'), '/app/b.js'],
      '/app/b.js': [wrapped('init_b', "\tinit_a();\n\tdocument.title = 'b'"), '/app/a.js'],
      '/app/other.js': ['init_c();', '/app/c.js'],
      '/app/c.js': [wrapped('init_c', '\tinit_d();'), '/app/d.js'],
      '/app/d.js': [wrapped('init_d', '\tinit_c();'), '/app/c.js'],
    })
    expect([hasEffects('/app/main.js'), hasEffects('/app/other.js')]).toEqual([true, false])
  })

  test('means the nearest module of that name behind the imports, not a namesake in some other chunk', () => {
    const { hasEffects } = output(
      { '/app/loud/index.js': [wrapped('init_index', "document.title = 'loud'")] },
      { '/app/main.js': ['init_index();', '/app/all.js'], '/app/all.js': ['', '/app/calm/index.js'] },
      { '/app/calm/index.js': [`var calm;\n${wrapped('init_index', 'calm = 1')}`] },
    )
    expect(hasEffects('/app/main.js')).toBe(false)
  })

  test('means, of several with that name, the one whose users use what the call gave', () => {
    const calls =
      'var import_main = __toESM(require_main());\nvar import_main$1 = __toESM(require_main$1());\nvar light = 1;'
    const { requires } = output(
      {
        '/app/light.js': [calls],
        '/app/device.js': ['use(import_main.isMobile)', '/app/device/main.cjs'],
        '/app/json.js': ['use(import_main$1.default)', '/app/barrel.js'],
        '/app/barrel.js': ['', '/app/json/main.cjs'],
      },
      { '/app/json/main.cjs': [common('require_main', "document.title = 'json'")] },
      { '/app/device/main.cjs': [common('require_main', "document.title = 'device'")] },
    )
    expect(requires?.('/app/light.js')).toEqual(['/app/device/main.cjs', '/app/json/main.cjs'])
  })

  test('means that of the same chunk, which the caller need not import: the call may be of a module before', () => {
    const loud = { '/app/loud/index.js': [wrapped('init_index', "document.title = 'loud'")] } as const
    const calm = { '/app/calm/index.js': [`var calm;\n${wrapped('init_index', 'calm = 1')}`] } as const
    const main = { '/app/main.js': ['init_index();', '/app/loud/index.js'] } as const
    expect(output({ ...calm, ...main }, loud).hasEffects('/app/main.js')).toBe(false)
    expect(output({ ...loud, ...main }, calm).hasEffects('/app/main.js')).toBe(true)
  })
})

describe('stylesheets', () => {
  test('have rules, but for those that only export values, and styles as text or address', () => {
    const { hasStyles } = output({})
    const ids = [
      '/app/a.css',
      '/app/a.module.scss',
      '/app/values.module.css',
      '/app/a.css?inline',
      '/app/a.css?url',
      '/app/a.js',
    ]
    expect(ids.filter(hasStyles)).toEqual(['/app/a.css', '/app/a.module.scss'])
  })
})
