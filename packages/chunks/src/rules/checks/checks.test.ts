import { describe, expect, it } from 'vitest'
import { evaluateRules } from '../evaluate-rules.ts'
import { resolveRules } from '../resolve-rules.ts'
import { check } from '../testing/check-rule.ts'
import { requests } from './requests.ts'
import { tinyChunks } from './tiny-chunks.ts'
import { sketchFacts, type BuildSketch } from '../testing/sketch-facts.ts'

const app: BuildSketch = {
  modules: {
    'src/main.ts': ['src/app.ts:2', '?src/pages/home.ts:5', '?src/pages/edit.ts:6'],
    'src/app.ts': ['node_modules/react/index.js:1'],
    'src/pages/home.ts': [],
    'src/pages/edit.ts': ['src/pages/toolbar.ts:3', 'node_modules/moment/moment.js:1'],
    'src/pages/toolbar.ts': [],
    'node_modules/react/index.js': [],
    'node_modules/moment/moment.js': [],
  },
  chunks: {
    'index.js': { 'src/main.ts': 50, 'src/app.ts': 100, 'node_modules/react/index.js': 3000 },
    'home.js': { 'src/pages/home.ts': 400 },
    'edit.js': { 'src/pages/edit.ts': 500, 'src/pages/toolbar.ts': 90, 'node_modules/moment/moment.js': 18_000 },
  },
  routes: { '/': ['src/main.ts', 'index.js'], '/edit': ['src/pages/edit.ts', 'index.js', 'edit.js'] },
}
/** The same app after somebody imports the editor statically. */
const eager: BuildSketch = {
  ...app,
  modules: { ...app.modules, 'src/app.ts': ['node_modules/react/index.js:1', 'src/pages/edit.ts:4'] },
  chunks: { 'index.js': { ...app.chunks['index.js'], ...app.chunks['edit.js'] }, 'home.js': app.chunks['home.js']! },
  routes: { '/': ['src/main.ts', 'index.js'], '/edit': ['src/pages/edit.ts', 'index.js'] },
}

describe('lazy', () => {
  const options = { lazy: ['src/pages/**'] }

  it('names a lazy page that became eager, the import and everything it brings', () => {
    expect(check('lazy', sketchFacts(eager), options)).toEqual([
      '`src/pages/edit.ts` must be lazy, but every visit downloads it. [src/main.ts:2 → src/app.ts:4] 18590',
    ])
  })

  it('holds while the page is only imported with import()', () => {
    expect(check('lazy', sketchFacts(app), options)).toEqual([])
  })

  it('knows packages by their name', () => {
    expect(check('lazy', sketchFacts(eager), { lazy: ['moment'] })).toEqual([
      '`moment` must be lazy, but every visit downloads it. [src/main.ts:2 → src/app.ts:4 → src/pages/edit.ts:1] 18000',
    ])
    expect(check('lazy', sketchFacts(app), { lazy: ['moment'] })).toEqual([])
  })

  it('says so when no import is to blame but the chunks', () => {
    const together = { ...app, chunks: eager.chunks }
    expect(check('lazy', sketchFacts(together), { lazy: ['src/pages/edit.ts'] })).toEqual([
      '`src/pages/edit.ts` must be lazy, but every visit downloads it. [src/main.ts:6] 500',
    ])
  })
})

describe('forbidden', () => {
  it('names a package in the initial load', () => {
    expect(
      check('forbidden', sketchFacts(eager), { forbidden: { initial: [{ name: 'moment', use: 'date-fns' }] } }),
    ).toEqual(['`moment` is forbidden in the initial load. [src/main.ts:2 → src/app.ts:4 → src/pages/edit.ts:1] 18000'])
  })

  it('leaves a package alone that is only loaded later', () => {
    expect(check('forbidden', sketchFacts(app), { forbidden: { initial: ['moment'] } })).toEqual([])
  })

  it('names it in the first load of a route, and not where another route has it', () => {
    expect(check('forbidden', sketchFacts(app), { forbidden: { routes: { '/edit': ['moment'] } } })).toEqual([
      '`moment` is forbidden in the first load of /edit. [src/main.ts:6 → src/pages/edit.ts:1] 18000',
    ])
    expect(check('forbidden', sketchFacts(app), { forbidden: { routes: { '/': ['moment'] } } })).toEqual([])
  })

  it('names it anywhere in the build, once', () => {
    expect(check('forbidden', sketchFacts(app), { forbidden: { all: ['moment'], routes: ['moment'] } })).toEqual([
      '`moment` is forbidden in the build. [src/main.ts:6 → src/pages/edit.ts:1] 18000',
    ])
  })
})

describe('redundantDynamicImport', () => {
  it('names an import() of what a static import has loaded already', () => {
    expect(check('redundantDynamicImport', sketchFacts(eager), {})).toEqual([
      '`src/pages/edit.ts` is imported with `import()` at src/main.ts:6 and statically at src/app.ts:4: it is not lazy. [src/main.ts:2 → src/app.ts:4] 18590',
    ])
  })

  it('says what all such imports of one file cost together', () => {
    const both: BuildSketch = {
      ...eager,
      modules: {
        ...eager.modules,
        'src/app.ts': ['src/pages/edit.ts:4', 'src/pages/home.ts:5'],
        'src/pages/home.ts': ['node_modules/moment/moment.js:2'],
      },
      chunks: { 'index.js': { ...app.chunks['index.js'], ...app.chunks['edit.js'], ...app.chunks['home.js'] } },
    }
    const { results } = evaluateRules(sketchFacts(both), resolveRules(), '2026-11-21')
    const { violations } = results.find(({ rule }) => rule === 'redundantDynamicImport')!
    expect(violations.map(({ bytes }) => bytes)).toEqual([590, 400])
    expect(violations[1]!.fix).toContain('All 2 such imports of `src/app.ts` together cost 18.99 kB.')
  })

  it('holds when only another lazy module imports it statically', () => {
    const shared = {
      ...app,
      modules: { ...app.modules, 'src/pages/home.ts': ['src/pages/edit.ts:1'] },
      chunkImports: { 'home.js': ['edit.js'] },
    }
    expect(check('redundantDynamicImport', sketchFacts(shared), {})).toEqual([])
  })

  it('holds when tree shaking has removed what the static import was for', () => {
    expect(check('redundantDynamicImport', sketchFacts({ ...app, modules: eager.modules }), {})).toEqual([])
  })
})

describe('duplicates', () => {
  const two: BuildSketch = {
    modules: {
      'src/main.ts': ['node_modules/ui/index.js:1', 'node_modules/tslib/index.js:2'],
      'node_modules/ui/index.js': ['node_modules/ui/node_modules/tslib/index.js'],
      'node_modules/tslib/index.js': [],
      'node_modules/ui/node_modules/tslib/index.js': [],
    },
    chunks: {
      'index.js': {
        'src/main.ts': 10,
        'node_modules/ui/index.js': 10,
        'node_modules/tslib/index.js': 900,
        'node_modules/ui/node_modules/tslib/index.js': 700,
      },
    },
    duplicates: {
      tslib: [
        { version: '2.8.0', path: 'node_modules/tslib' },
        { version: '1.14.1', path: 'node_modules/ui/node_modules/tslib' },
      ],
    },
  }

  it('says who wants which version and what the second one weighs', () => {
    expect(check('duplicates', sketchFacts(two), { duplicates: 'error' })).toEqual([
      '`tslib` is bundled in 2 versions: 2.8.0 (900 B) wanted by src/main.ts:2; 1.14.1 (700 B) wanted by `ui`. [src/main.ts:1 → node_modules/ui/index.js] 700',
    ])
  })

  it('minds only packages that break when doubled unless it is written', () => {
    expect(check('duplicates', sketchFacts(two), {})).toEqual([])
    expect(check('duplicates', sketchFacts(two), { duplicates: { above: 701 } })).toEqual([])
    expect(check('duplicates', sketchFacts(two), { duplicates: { ignore: ['tslib'] } })).toEqual([])
  })

  it('holds when nothing of the second copy is left after tree shaking', () => {
    const [entry] = Object.values(two.chunks)
    const { 'node_modules/ui/node_modules/tslib/index.js': _gone, ...left } = entry!
    expect(check('duplicates', sketchFacts({ ...two, chunks: { 'index.js': left } }), { duplicates: 'error' })).toEqual(
      [],
    )
  })
})

describe('circular', () => {
  const round: BuildSketch = {
    modules: { 'src/main.ts': ['src/a.ts:1'], 'src/a.ts': ['src/b.ts:4'], 'src/b.ts': ['src/a.ts:7'] },
    chunks: { 'index.js': { 'src/main.ts': 1 }, 'a.js': { 'src/a.ts': 1 }, 'b.js': { 'src/b.ts': 1 } },
    chunkImports: { 'index.js': ['a.js'], 'a.js': ['b.js'], 'b.js': ['a.js'] },
  }

  it('names chunks that import each other and the imports that make them', () => {
    expect(check('circular', sketchFacts(round), { circular: 'error' })).toEqual([
      'Chunks import each other in a circle: `a.js` → `b.js` → `a.js`. [src/a.ts:4 → src/b.ts:7] 2',
    ])
  })

  it('holds when the circle is inside one chunk, unless modules count', () => {
    const inside = {
      ...round,
      chunks: { 'index.js': { 'src/main.ts': 1, 'src/a.ts': 1, 'src/b.ts': 1 } },
      chunkImports: {},
    }
    expect(check('circular', sketchFacts(inside), { circular: 'error' })).toEqual([])
    expect(check('circular', sketchFacts(inside), { circular: { modules: true } })).toEqual([
      'Modules import each other in a circle: `src/a.ts` → `src/b.ts` → `src/a.ts`. [src/a.ts:4 → src/b.ts:7] 2',
    ])
  })
})

describe('depth', () => {
  const deep: BuildSketch = {
    modules: {
      'src/main.ts': ['src/a.ts:1'],
      'src/a.ts': ['src/b.ts:2'],
      'src/b.ts': ['src/c.ts:3'],
      'src/c.ts': ['src/d.ts:4'],
      'src/d.ts': [],
    },
    chunks: { 'index.js': { 'src/main.ts': 1, 'src/a.ts': 1, 'src/b.ts': 1, 'src/c.ts': 5, 'src/d.ts': 1 } },
  }

  it('names the first module beyond the limit and counts what lies behind', () => {
    expect(check('depth', sketchFacts(deep), { depth: { max: 2 } })).toEqual([
      '`src/c.ts` is 3 imports deep, limit 2. 1 more lies behind it. [src/main.ts:1 → src/a.ts:2 → src/b.ts:3] 5',
    ])
  })

  it('holds at the limit', () => {
    expect(check('depth', sketchFacts(deep), { depth: { max: 4 } })).toEqual([])
  })

  it('counts from the script of a document, inline ones too, as from the target of an import()', () => {
    const page: BuildSketch = {
      modules: {
        'index.html': ['src/main.ts', 'index.html?html-proxy&index=0.js'],
        'index.html?html-proxy&index=0.js': ['src/inline.ts'],
        'src/main.ts': ['src/a.ts:1', '?src/page.ts:2'],
        'src/inline.ts': ['src/b.ts:1'],
        'src/page.ts': ['src/c.ts:1'],
        'src/a.ts': ['src/deep.ts:1'],
        'src/b.ts': ['src/deep.ts:1'],
        'src/c.ts': ['src/deep.ts:1'],
        'src/deep.ts': [],
      },
      chunks: {
        'index.js': Object.fromEntries(
          ['main', 'inline', 'page', 'a', 'b', 'c', 'deep'].map((n) => [`src/${n}.ts`, 5]),
        ),
      },
    }
    expect(check('depth', sketchFacts(page), { depth: { max: 2 } })).toEqual([])
    expect(check('depth', sketchFacts(page), { depth: { max: 1 } })).toEqual([
      '`src/deep.ts` is 2 imports deep, limit 1. [index.html → src/main.ts:1 → src/a.ts:1] 5',
    ])
  })
})

describe('depth behind modules that only pass on', () => {
  it('names what lies behind a module of which nothing is left', () => {
    const passed: BuildSketch = {
      modules: {
        'src/main.ts': ['src/a.ts:1'],
        'src/a.ts': ['src/index.ts:2'],
        'src/index.ts': ['src/c.ts:3'],
        'src/c.ts': ['src/d.ts:4'],
        'src/d.ts': [],
      },
      chunks: { 'index.js': { 'src/main.ts': 1, 'src/a.ts': 1, 'src/c.ts': 5, 'src/d.ts': 1 } },
    }
    expect(check('depth', sketchFacts(passed), { depth: { max: 1 } })).toEqual([
      '`src/c.ts` is 3 imports deep, limit 1. 1 more lies behind it. [src/main.ts:1 → src/a.ts:2 → src/index.ts:3] 5',
    ])
  })
})

describe('requests', () => {
  it('counts those of the initial load and of each route', () => {
    expect(check('requests', sketchFacts(app), { requests: { route: 1 } })).toEqual([
      '`/edit` makes 2 requests in the first load, limit 1: 2 js. Beyond the limit, smallest first: `edit.js`. [src/main.ts:6] 18590',
    ])
    const split = { ...app, routes: { ...app.routes, '/': ['src/main.ts', 'index.js', 'home.js'] } } as BuildSketch
    expect(check('requests', sketchFacts(split), { requests: { initial: 1 } })).toEqual([
      '`/` makes 2 requests in the initial load, limit 1: 2 js. Beyond the limit, smallest first: `home.js`. [src/main.ts:5] 400',
    ])
  })

  it('names the smallest, which are the first to join, and never the entry', () => {
    const modules = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`src/${name}.ts`, []]))
    const main = Object.keys(modules).map((id, index) => `${id}:${index + 1}`)
    const files = { 'index.js': 1, 'a.js': 50, 'b.js': 20, 'c.js': 40, 'd.js': 30, 'e.js': 60 }
    const many: BuildSketch = {
      modules: { 'src/main.ts': main, ...modules },
      chunks: Object.fromEntries(
        Object.entries(files).map(([file, bytes]) => [
          file,
          { [file === 'index.js' ? 'src/main.ts' : `src/${file.replace('.js', '.ts')}`]: bytes },
        ]),
      ),
      routes: { '/': ['src/main.ts', ...Object.keys(files)] },
    }
    expect(check('requests', sketchFacts(many), { requests: { initial: 2 } })).toEqual([
      '`/` makes 6 requests in the initial load, limit 2: 6 js. Beyond the limit, smallest first: `b.js`, `d.js`, `c.js` and 1 more. [src/main.ts:2] 140',
    ])
  })

  it('holds at the limit', () => {
    expect(check('requests', sketchFacts(app), { requests: { initial: 1, route: 2 } })).toEqual([])
  })

  it('advises a plan only where there is none', () => {
    const fixes = (planned: boolean) => requests.check(sketchFacts(app, { planned }), { initial: 1, route: 1 })
    expect(fixes(false).map(({ fix }) => fix)).toEqual([expect.stringContaining("`chunks.strategy: 'planned'`")])
    expect(fixes(true).map(({ fix }) => fix)).toEqual([expect.stringMatching(/^Lower `chunks\.maxRouteRequests`/)])
  })
})

describe('tinyChunks', () => {
  it('names a chunk below the limit, and holds at it', () => {
    expect(check('tinyChunks', sketchFacts(app), { tinyChunks: { below: 401 } })).toEqual([
      '`home.js` is 400 B, below 401 B: a request for next to nothing. [src/main.ts:5] 400',
    ])
    expect(check('tinyChunks', sketchFacts(app), { tinyChunks: { below: 400 } })).toEqual([])
  })

  it('leaves the helpers of the bundler alone, which no option puts elsewhere', () => {
    const chunks = {
      ...app.chunks,
      'rolldown-runtime.js': { 'virtual:rolldown/runtime.js': 100, '[container]': 5 },
    }
    const facts = sketchFacts({ ...app, chunks, modules: { ...app.modules, 'virtual:rolldown/runtime.js': [] } })
    expect(check('tinyChunks', facts, { tinyChunks: { below: 200 } })).toEqual([])
  })

  it('advises a plan only where there is none', () => {
    const chunks = { ...app.chunks, 'shared.js': { 'src/shared.ts': 100 } }
    const chunkImports = { 'home.js': ['shared.js'], 'edit.js': ['shared.js'] }
    const sketch = { ...app, chunks, chunkImports, modules: { ...app.modules, 'src/shared.ts': [] } }
    const fixes = (planned: boolean) => tinyChunks.check(sketchFacts(sketch, { planned }), { below: 200 })
    expect(fixes(false).map(({ fix }) => fix)).toEqual([expect.stringContaining("`chunks.strategy: 'planned'`")])
    expect(fixes(true).map(({ fix }) => fix)).toEqual([expect.stringContaining('a higher `chunks.minChunkSize`')])
  })

  it('leaves the entry alone however small it is', () => {
    const facts = sketchFacts({ modules: { 'src/main.ts': [] }, chunks: { 'index.js': { 'src/main.ts': 5 } } })
    expect(check('tinyChunks', facts, { tinyChunks: 'error' })).toEqual([])
  })
})

describe('waterfalls', () => {
  const modules = { ...app.modules, 'src/pages/edit.ts': ['?src/pages/toolbar.ts:3'] }
  const chunks = {
    ...app.chunks,
    'edit.js': { 'src/pages/edit.ts': 500 },
    'toolbar.js': { 'src/pages/toolbar.ts': 90 },
  }

  it('names a lazy chunk that only another lazy chunk asks for', () => {
    expect(check('waterfalls', sketchFacts({ ...app, modules, chunks }), { waterfalls: 'error' })).toEqual([
      '`src/pages/toolbar.ts` is asked for only when 1 lazy chunk has arrived and run. [src/main.ts:6 → src/pages/edit.ts:3] 90',
    ])
  })

  it('holds when the chunk is there by then, or when so many are allowed', () => {
    const together = {
      ...chunks,
      'edit.js': { 'src/pages/edit.ts': 500, 'src/pages/toolbar.ts': 90 },
      'toolbar.js': {},
    }
    expect(check('waterfalls', sketchFacts({ ...app, modules, chunks: together }), { waterfalls: 'error' })).toEqual([])
    expect(check('waterfalls', sketchFacts({ ...app, modules, chunks }), { waterfalls: { max: 2 } })).toEqual([])
  })
})

describe('layers', () => {
  it('names an import that a line forbids, and leaves the other direction alone', () => {
    expect(check('layers', sketchFacts(eager), { layers: ['src/app.ts may not import src/pages/**'] })).toEqual([
      '`src/app.ts` imports `src/pages/edit.ts`: src/app.ts may not import src/pages/**. [src/main.ts:2 → src/app.ts:4] 18590',
    ])
    expect(check('layers', sketchFacts(eager), { layers: ['src/pages/** may not import src/app.ts'] })).toEqual([])
  })

  it('takes exceptions, packages and import() into account', () => {
    const layers = [
      { from: 'src/**', to: ['moment', 'src/pages/*'], except: 'src/main.ts', reason: 'Use src/lib/time.ts.' },
    ]
    expect(check('layers', sketchFacts(app), { layers })).toEqual([
      '`src/pages/edit.ts` imports `node_modules/moment/moment.js`: src/** may not import moment, src/pages/*. Use src/lib/time.ts. [src/main.ts:6 → src/pages/edit.ts:1] 18000',
      '`src/pages/edit.ts` imports `src/pages/toolbar.ts`: src/** may not import moment, src/pages/*. Use src/lib/time.ts. [src/main.ts:6 → src/pages/edit.ts:3] 90',
    ])
  })

  it('keeps siblings apart, but not what lies inside one of them', () => {
    const features: BuildSketch = {
      modules: {
        'src/main.ts': ['src/features/auth/index.ts:1'],
        'src/features/auth/index.ts': ['src/features/auth/form.ts:1', 'src/features/users/api.ts:2'],
        'src/features/auth/form.ts': [],
        'src/features/users/api.ts': [],
      },
      chunks: { 'index.js': { 'src/features/users/api.ts': 30 } },
    }
    expect(check('layers', sketchFacts(features), { layers: ['src/features/* may not import each other'] })).toEqual([
      '`src/features/auth/index.ts` imports `src/features/users/api.ts`: src/features/* may not import each other. [src/main.ts:1 → src/features/auth/index.ts:2] 30',
    ])
    const byName = { from: ['src/features/auth/**', 'src/features/users'], to: 'each other' }
    expect(check('layers', sketchFacts(features), { layers: [byName] })).toHaveLength(1)
  })
})
