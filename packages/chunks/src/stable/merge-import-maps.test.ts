import { createHash } from 'node:crypto'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { codesOf } from '../testing/codes-of.ts'
import { importMapScripts } from './import-map-scripts.ts'
import { mergeImportMaps } from './merge-import-maps.ts'

const script = (map: unknown, attributes = ' type="importmap"'): string =>
  `<script${attributes}>${typeof map === 'string' ? map : JSON.stringify(map)}</script>`
const pageOf = (...scripts: string[]): string =>
  `<!doctype html><head>${scripts.join('\n    ')}\n<script type="module" src="/a.js"></script></head>`

/** As long and as hard to guess as the hash of a file name. */
const hashOf = (seed: string): string => createHash('sha256').update(seed).digest('base64url').slice(0, 8)

/** The only map of a page. */
function mapOf(html: string): unknown {
  const [only, ...more] = importMapScripts(html)
  expect(more).toEqual([])
  return JSON.parse(only!.text)
}

test('a page without a map stays as it is', () => {
  expect(mergeImportMaps(pageOf(), 'index.html')).toBe(pageOf())
})

test('the names of a map are in the order of the alphabet, and everything else stays as it is', () => {
  const scopes = { '/old/': { b: '/b-1.js', a: '/a-1.js' } }
  const html = pageOf(script({ imports: { '/b.js': '/1.js', '/a.js': '/2.js', '/a.css': '/3.css' }, scopes }))
  const ordered = pageOf(script({ imports: { '/a.css': '/3.css', '/a.js': '/2.js', '/b.js': '/1.js' }, scopes }))
  expect(mergeImportMaps(html, 'index.html')).toBe(ordered)
})

test('brotli makes less of a map in that order', () => {
  const pages = Array.from({ length: 40 }, (_, index) => `page-${index}`)
  // Scripts first, and in no order, as the bundler writes them.
  const entries = ['js', 'css'].flatMap((kind) =>
    pages
      .toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1))
      .map((page) => {
        const address = (hash: string): string => `/assets/${page}-${hash}.${kind}`
        return [address(hashOf(page)), address(hashOf(page + kind))] as const
      }),
  )
  const html = pageOf(script({ imports: Object.fromEntries(entries) }))
  const bytes = (text: string): number => brotliCompressSync(text).byteLength
  expect(bytes(mergeImportMaps(html, 'index.html'))).toBeLessThan(bytes(html))
})

test('all parts of several maps stand in the place of the first', () => {
  const theirs = {
    imports: { react: '/react.js', 'ui/': '/ui/' },
    scopes: { '/old/': { react: '/react-17.js' } },
    integrity: { '/react.js': 'sha384-a' },
  }
  const more = { imports: { vue: '/vue.js' }, scopes: { '/old/': { vue: '/vue-2.js' }, '/new/': { react: null } } }
  const html = pageOf(script(theirs), script(more), script({ imports: { '/a.js': '/a-1.js' } }))
  const merged = mergeImportMaps(html, 'index.html')
  expect(mapOf(merged)).toEqual({
    imports: { react: '/react.js', 'ui/': '/ui/', vue: '/vue.js', '/a.js': '/a-1.js' },
    scopes: { '/old/': { react: '/react-17.js', vue: '/vue-2.js' }, '/new/': { react: null } },
    integrity: { '/react.js': 'sha384-a' },
  })
  expect(merged).toBe(pageOf(importMapScripts(merged).map(({ start, end }) => merged.slice(start, end))[0]!))
})

test('what only looks like a map is left alone', () => {
  const html = pageOf(
    `<!-- ${script('old')} -->`,
    script('{{ shim }}', ' type="importmap-shim"'),
    script('', ' type=importmap src="/map.json"'),
    script('', ' data-type="importmap"'),
    script({ imports: { a: '/a' } }, " id='x>y' type=importmap"),
  )
  expect(importMapScripts(html)).toHaveLength(1)
  expect(mergeImportMaps(html, 'index.html')).toBe(html)
})

test('the nonce of any map is kept, and one is enough', () => {
  const map = (attributes: string): string => script({ imports: {} }, ` type="importmap"${attributes}`)
  const opening = (...maps: string[]): string =>
    /<script[^>]*>/.exec(mergeImportMaps(pageOf(...maps), 'index.html'))![0]
  expect(opening(map(' id="theirs"'), map(' nonce="N"'))).toBe('<script type="importmap" id="theirs" nonce="N">')
  expect(opening(map(' nonce="N"'), map(' nonce="N"'))).toBe('<script type="importmap" nonce="N">')
})

test('an address cannot end the script', () => {
  const html = pageOf(script('{"imports":{"a":"/\\u003c/script>"}}'), script({ imports: { b: '/b' } }))
  expect(mapOf(mergeImportMaps(html, 'index.html'))).toEqual({ imports: { a: '/</script>', b: '/b' } })
})

describe('two maps of the same name', () => {
  const two = (one: unknown, other: unknown): string => pageOf(script({ imports: one }), script({ imports: other }))

  test('that say the same in other words are one', () => {
    const html = two({ './a.js': './b.js' }, { '/admin/a.js': '/admin/b.js' })
    expect(mapOf(mergeImportMaps(html, 'admin/index.html'))).toEqual({ imports: { './a.js': './b.js' } })
  })

  test.each([
    [{ react: '/18.js' }, { react: '/19.js' }],
    [{ './a.js': '/b.js' }, { '/a.js': '/c.js' }],
    [{ a: null }, { a: '/a.js' }],
  ])('that contradict each other are an error: %j, %j', (one, other) => {
    expect(codesOf(() => mergeImportMaps(two(one, other), 'index.html'))).toContain('PACELINE_IMPORT_MAP_CONFLICT')
  })

  test.each(['{{ map }}', '[]', '{"imports":[]}', 'null'])('of which one cannot be read are an error: %s', (text) => {
    const html = pageOf(script(text), script({ imports: {} }))
    expect(codesOf(() => mergeImportMaps(html, 'index.html'))).toContain('PACELINE_IMPORT_MAP_INVALID')
  })
})
