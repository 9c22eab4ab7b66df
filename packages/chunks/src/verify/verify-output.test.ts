import { describe, expect, test } from 'vitest'
import { faultDetails } from './fault-message.ts'
import { finished } from './testing/finished.ts'
import { verifyOutput } from './verify-output.ts'

/** main imports left, which imports right, which imports base. */
const row = { main: ['left'], left: ['right'], right: ['base'], base: [] }

describe('circles', () => {
  const circle = {
    source: row,
    chunks: { main: ['main'], outer: ['base', 'left'], inner: ['right'] },
    imports: { main: ['outer'], outer: ['inner'], inner: ['outer'] },
  }

  test('name both chains when a chunk runs before what it uses', () => {
    expect(verifyOutput(finished(circle))).toContainEqual({
      kind: 'cycle',
      harmful: true,
      reason: 'runs-before-its-import',
      root: 'main',
      steps: [
        { from: 'outer', to: 'inner', because: { importer: 'left', importee: 'right', kind: 'static' } },
        { from: 'inner', to: 'outer', because: { importer: 'right', importee: 'base', kind: 'static' } },
      ],
    })
  })

  test('are harmless when nothing is used while the chunk starts', () => {
    const [fault] = verifyOutput(finished({ ...circle, uses: [], noticed: [] }))
    expect(fault).toMatchObject({ kind: 'cycle', harmful: false, reason: 'used-later' })
  })

  test('are harmless when the source has the same one and runs it in the same order', () => {
    const output = finished({
      source: { main: ['left'], left: ['right'], right: ['left'] },
      chunks: { main: ['main'], one: ['left'], two: ['right'] },
      imports: { main: ['one'], one: ['two'], two: ['one'] },
    })
    expect(verifyOutput(output)).toMatchObject([{ kind: 'cycle', harmful: false, reason: 'as-in-source' }])
  })

  test('do harm when the source has one and a chunk enters it from the other side', () => {
    const output = finished({
      source: { main: ['left', 'right'], left: ['right'], right: ['left'] },
      chunks: { main: ['main'], one: ['left'], two: ['right'] },
      imports: { main: ['two', 'one'], one: ['two'], two: ['one'] },
    })
    expect(verifyOutput(output)).toContainEqual(expect.objectContaining({ kind: 'cycle', harmful: true }))
  })

  test('of helpers of the bundler have no import to name', () => {
    const output = finished({
      source: { main: ['left'], left: [] },
      chunks: { main: ['main'], left: ['left'] },
      imports: { main: ['left'], left: ['main'] },
    })
    expect(verifyOutput(output)[0]).toMatchObject({
      kind: 'cycle',
      steps: [{ from: 'main' }, { from: 'left', to: 'main' }],
    })
  })
})

describe('modules that run early', () => {
  const source = { main: ['lib', 'lazy:page'], page: ['chart'], lib: [], chart: [], shared: [] }
  const chunks = { main: ['main'], vendor: ['lib', 'chart'], page: ['page'] }
  const imports = { main: ['vendor'], page: ['vendor'] }

  test('are named with their chunk and their import()', () => {
    expect(verifyOutput(finished({ source, chunks, imports }))).toEqual([
      {
        kind: 'early',
        harmful: true,
        styles: false,
        root: 'main',
        chunk: 'vendor',
        modules: ['chart'],
        loadedBy: [{ from: 'main', to: 'vendor', because: { importer: 'main', importee: 'lib', kind: 'static' } }],
        meantBy: [
          { importer: 'main', importee: 'page', kind: 'dynamic' },
          { importer: 'page', importee: 'chart', kind: 'static' },
        ],
      },
    ])
  })

  test('are only bytes when nobody notices that they run', () => {
    expect(verifyOutput(finished({ source, chunks, imports, noticed: ['main'] }))).toMatchObject([
      { kind: 'early', harmful: false },
    ])
  })

  test('are not those that a page imports after the entry has loaded them', () => {
    const own = { main: ['lib', 'main'], page: ['chart', 'page'] }
    expect(verifyOutput(finished({ source, chunks: own, imports: { page: ['main'] } }))).toEqual([])
  })

  test('are not those of a layout, which a router always loads with its page', () => {
    const nested = { main: ['lazy:layout', 'lazy:page'], layout: ['menu', 'text'], page: ['text'], menu: [], text: [] }
    const shared = { main: ['main'], layout: ['layout'], page: ['page'], ui: ['menu', 'text'] }
    const sketch = { source: nested, chunks: shared, imports: { layout: ['ui'], page: ['ui'] } }
    expect(verifyOutput(finished(sketch))).toMatchObject([{ kind: 'early', root: 'page', modules: ['menu'] }])
    expect(verifyOutput(finished({ ...sketch, layouts: { page: ['layout'] } }))).toEqual([])
  })

  test('are not those behind a module that tree shaking took out', () => {
    const through = { main: ['all', 'lazy:page'], all: ['lib', 'chart'], page: ['all'], lib: [], chart: [] }
    const output = finished({
      source: through,
      chunks: { main: ['main'], both: ['lib', 'chart'], page: ['page'] },
      imports,
    })
    expect(
      verifyOutput({
        ...output,
        chunks: output.chunks.map((chunk) => ({ ...chunk, imports: chunk.file === 'both' ? [] : ['both'] })),
      }),
    ).toEqual([])
  })
})

describe('changed order', () => {
  const source = { main: ['setup', 'app'], setup: [], app: ['part'], part: [] }
  const swapped = {
    source,
    chunks: { main: ['setup', 'main'], app: ['part', 'app'] },
    imports: { main: ['app'] },
  }

  test('is told once for two chunks, with both chains', () => {
    expect(verifyOutput(finished(swapped))).toEqual([
      {
        kind: 'order',
        root: 'main',
        styles: false,
        alone: false,
        first: 'setup',
        second: 'part',
        chunks: ['main', 'app'],
        chains: [
          [{ importer: 'main', importee: 'setup', kind: 'static' }],
          [
            { importer: 'main', importee: 'app', kind: 'static' },
            { importer: 'app', importee: 'part', kind: 'static' },
          ],
        ],
        more: 1,
      },
    ])
  })

  test('is nothing when nobody notices one of the two', () => {
    expect(verifyOutput(finished({ ...swapped, noticed: ['main', 'app', 'part'] }))).toEqual([])
  })

  test('is told of initialisers that call the same, which may remember it', () => {
    const asks = { setup: ['fire'], part: ['clock', 'fire'], app: ['clock'], main: ['fire'] }
    const faults = verifyOutput(finished({ ...swapped, noticed: [], asks }))
    expect(faults).toMatchObject([{ kind: 'order', first: 'setup', second: 'part', asked: 'fire', more: 0 }])
  })

  test('is told of every reason that two chunks give for it, since one may be ignored', () => {
    const asks = { setup: ['fire', 'clock'], part: ['fire', 'clock'], app: ['fire'] }
    expect(verifyOutput(finished({ ...swapped, noticed: ['setup', 'app'], asks }))).toMatchObject([
      { first: 'setup', second: 'app', more: 0 },
      { first: 'setup', second: 'part', asked: 'fire', more: 0 },
      { first: 'setup', second: 'part', asked: 'clock', more: 0 },
    ])
  })

  test('is nothing where initialisers call different things', () => {
    const asks = { setup: ['fire'], part: ['clock'], app: ['clock'], main: ['fire'] }
    expect(verifyOutput(finished({ ...swapped, noticed: ['setup'], asks }))).toEqual([])
  })

  test.each([
    { long: ['part'], noticed: ['main', 'app', 'part', 'setup'], asked: ['part'], faults: 1 },
    { long: ['part', 'setup'], noticed: ['part', 'setup'], asked: ['part', 'setup'], faults: 1 },
    { long: ['part', 'setup'], noticed: ['part'], asked: ['part', 'setup'], faults: 0 },
    { long: ['setup'], noticed: ['main', 'setup'], asked: [], faults: 0 },
  ])('reads the long ones of $long only where others count: $asked', ({ long, noticed, asked, faults }) => {
    const read: string[] = []
    const output = finished({ ...swapped, noticed })
    const hasEffects = (id: string): boolean => {
      if (long.includes(id)) read.push(id)
      return output.hasEffects(id)
    }
    expect(verifyOutput({ ...output, hasEffects, isLong: (id) => long.includes(id) })).toHaveLength(faults)
    expect(read).toEqual(asked)
  })

  test('is nothing when no options say what goes together', () => {
    expect(verifyOutput({ ...finished(swapped), grouped: false })).toEqual([])
  })

  test('is nothing where chunks that two pages share would come first anyway', () => {
    const pages = { main: ['lazy:a', 'lazy:b'], a: ['setup', 'shared'], b: ['shared'], setup: [], shared: [] }
    const output = finished({
      source: pages,
      chunks: { main: ['main'], a: ['setup', 'a'], b: ['b'], shared: ['shared'] },
      imports: { a: ['shared'], b: ['shared'] },
    })
    expect(verifyOutput(output)).toEqual([])
  })

  const bundlers = ['rollup', 'rolldown'] as const

  test.each(bundlers)(
    'is told of a library that a lazy page needs, too, when the entry has it before: %s',
    (bundler) => {
      const output = finished({
        source: { main: ['setup', 'lib', 'lazy:page'], setup: [], lib: [], page: ['lib'] },
        chunks: { main: ['setup', 'main'], vendor: ['lib'], page: ['page'] },
        imports: { main: ['vendor'], page: ['vendor'] },
      })
      expect(verifyOutput({ ...output, bundler })).toMatchObject([{ kind: 'order', first: 'setup', second: 'lib' }])
    },
  )

  test.each(bundlers)('is told of what a library imports that more pages need than the library: %s', (bundler) => {
    const output = finished({
      source: {
        main: ['setup', 'lib', 'lazy:one', 'lazy:two'],
        setup: [],
        lib: ['core'],
        core: [],
        one: ['lib'],
        two: ['core'],
      },
      chunks: { main: ['setup', 'main'], vendor: ['core', 'lib'], one: ['one'], two: ['two'] },
      imports: { main: ['vendor'], one: ['vendor'], two: ['vendor'] },
      noticed: ['setup', 'core'],
    })
    expect(verifyOutput({ ...output, bundler })).toMatchObject([{ kind: 'order', first: 'setup', second: 'core' }])
  })

  test.each(bundlers)('is nothing where the lazy page may be asked for without the entry: %s', (bundler) => {
    const output = finished({
      source: {
        main: ['setup', 'lib', 'lazy:page'],
        other: ['lazy:page'],
        setup: [],
        lib: [],
        page: ['lib'],
      },
      chunks: { main: ['setup', 'main'], other: ['other'], vendor: ['lib'], page: ['page'] },
      imports: { main: ['vendor'], page: ['vendor'] },
    })
    const modules = output.modules.map((module) => ({ ...module, entry: ['main', 'other'].includes(module.id) }))
    expect(verifyOutput({ ...output, bundler, modules })).toEqual([])
  })

  test.each(bundlers)('is nothing where a top-level await keeps the library apart: %s', (bundler) => {
    const output = finished({
      source: { main: ['setup', 'lib', 'lazy:page'], setup: [], lib: [], page: ['lib'] },
      chunks: { main: ['setup', 'main'], vendor: ['lib'], page: ['page'] },
      imports: { main: ['vendor'], page: ['vendor'] },
    })
    expect(verifyOutput({ ...output, bundler, awaits: (id) => id === 'main' })).toEqual([])
  })

  test.each([
    ['rollup', 1],
    ['rolldown', 0],
  ] as const)('counts with %s %d times where the entry imports a lazy page statically, too', (bundler, count) => {
    const output = finished({
      source: {
        main: ['setup', 'lib', 'one', 'lazy:one', 'lazy:two'],
        setup: [],
        lib: [],
        one: ['lib'],
        two: ['lib'],
      },
      chunks: { main: ['setup', 'main'], vendor: ['lib'], one: ['one'], two: ['two'] },
      imports: { main: ['vendor', 'one'], one: ['vendor'], two: ['vendor'] },
      noticed: ['setup', 'lib'],
    })
    expect(verifyOutput({ ...output, bundler })).toHaveLength(count)
  })

  test('counts for stylesheets among each other, not for stylesheets and scripts', () => {
    const styled = {
      main: ['base.css', 'setup', 'theme'],
      'base.css': [],
      setup: [],
      theme: ['theme.css'],
      'theme.css': [],
    }
    const output = finished({
      source: styled,
      chunks: { main: ['base.css', 'setup', 'main'], theme: ['theme.css', 'theme'] },
      imports: { main: ['theme'] },
      noticed: ['main'],
    })
    expect(verifyOutput(output)).toMatchObject([{ styles: true, first: 'base.css', second: 'theme.css' }])
  })

  describe('of stylesheets in a chunk without scripts, which Vite puts behind those of the importer', () => {
    const source = { main: ['theme.css', 'page'], 'theme.css': [], page: ['page.css'], 'page.css': [] }

    test('is a fault where the source and the default have them in front', () => {
      const chunks = { main: ['page.css', 'page', 'main'], theme: ['theme.css'] }
      const found = verifyOutput(finished({ source, chunks, imports: { main: ['theme'] } }))
      expect(found).toMatchObject([{ styles: true, first: 'theme.css', second: 'page.css' }])
      expect(faultDetails(found[0]!, (id) => id).advice).toContain('add a script to theme, or take `theme.css` out')
    })

    test('is right where the importer has no CSS, and comes before who imports that', () => {
      const chunks = { main: ['page.css', 'main'], page: ['page'], theme: ['theme.css'] }
      const around = { ...source, page: ['theme.css'], main: ['page', 'page.css'] }
      expect(verifyOutput(finished({ source: around, chunks, imports: { main: ['page'], page: ['theme'] } }))).toEqual(
        [],
      )
    })

    test('is no fault where the default has them behind, too', () => {
      const pages = {
        main: ['lazy:a', 'lazy:b'],
        a: ['theme.css', 'a.css'],
        b: ['theme.css', 'b.css'],
        'theme.css': [],
        'a.css': [],
        'b.css': [],
      }
      const chunks = { main: ['main'], a: ['a.css', 'a'], b: ['b.css', 'b'], theme: ['theme.css'] }
      expect(verifyOutput(finished({ source: pages, chunks, imports: { a: ['theme'], b: ['theme'] } }))).toEqual([])
    })

    test('is a fault where the default has a script with them', () => {
      const pages = {
        main: ['lazy:a', 'lazy:b'],
        a: ['theme.css', 'kit', 'a.css'],
        b: ['theme.css', 'kit', 'b.css'],
        'theme.css': [],
        kit: [],
        'a.css': [],
        'b.css': [],
      }
      const chunks = { main: ['main'], a: ['a.css', 'a'], b: ['b.css', 'b'], theme: ['theme.css'], kit: ['kit'] }
      const imports = { a: ['theme', 'kit'], b: ['theme', 'kit'] }
      expect(verifyOutput(finished({ source: pages, chunks, imports }))).toMatchObject([
        { root: 'a', styles: true, first: 'theme.css', second: 'a.css' },
        { root: 'b', styles: true, first: 'theme.css', second: 'b.css' },
      ])
    })
  })
})
