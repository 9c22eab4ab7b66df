import { ERROR_LINE } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { blameModules } from './blame-modules.ts'
import { parseCodeOwners } from './code-owners.ts'
import { changedModules, compareMetrics } from './compare-releases.ts'
import { readReleaseUpload } from './release-upload.ts'
import type { ReleaseUpload } from './release-upload.ts'

const upload: ReleaseUpload = {
  schemaVersion: 1,
  release: '0123456789ab',
  routes: [
    { id: '/', path: '/', module: 'src/home.tsx', files: ['index-a1.js'], brotli: 900 },
    { id: '/notes', module: 'src/notes.tsx', files: ['index-a1.js', 'notes-b2.js'], brotli: 1200 },
  ],
  chunks: [
    {
      file: 'index-a1.js',
      modules: [
        { id: 'src/home.tsx', brotli: 300 },
        { id: '[bundler]', brotli: 9 },
      ],
    },
    { file: 'notes-b2.js', modules: [{ id: 'src/notes.tsx', brotli: 200 }] },
  ],
  positions: {
    schemaVersion: 1,
    release: '0123456789ab',
    modules: ['src/home.tsx', 'src/notes.tsx'],
    files: { 'index-a1.js': { hash: 'ab', ranges: [0, 0, 500, 1] } },
  },
  owners: { 'src/notes.tsx': ['@notes'] },
}

describe('readReleaseUpload', () => {
  it('takes what a push says, and keeps the names of the routes', () => {
    const stored = readReleaseUpload(upload, 5)
    expect(stored).toMatchObject({ release: '0123456789ab', at: 5, routes: [{ id: '/', path: '/' }, { id: '/notes' }] })
  })

  it('refuses what it does not know, by name', () => {
    for (const wrong of [null, { ...upload, release: '../x' }, { ...upload, extra: 1 }, { ...upload, routes: [{}] }])
      expect(() => readReleaseUpload(wrong, 5)).toThrow(expect.objectContaining({ code: 'PACELINE_RELEASE_INVALID' }))
  })
})

describe('blameModules', () => {
  const place = { release: '0123456789ab', route: 1, metric: 'inp', file: 'index-a1.js', n: 2, target: 'button' }

  it('adds up the places of one module, names its owner and shows its worst place', () => {
    const blamed = blameModules(
      [
        { ...place, char: 600, ms: 10 },
        { ...place, char: 700, ms: 300, route: 0 },
        { ...place, char: 5, ms: 40 },
      ],
      new Map([['0123456789ab', upload]]),
    )
    expect(blamed).toEqual([
      expect.objectContaining({
        module: 'src/notes.tsx',
        owners: ['@notes'],
        n: 4,
        ms: 310,
        char: 700,
        routes: ['/', '/notes'],
      }),
      expect.objectContaining({ module: 'src/home.tsx', owners: [], n: 2, ms: 40 }),
    ])
  })

  it('names the module of an error by line and column, after those that took time', () => {
    const error = { ...place, metric: 'error', ms: 0, target: '' }
    const positions = {
      ...upload.positions!,
      files: { 'index-a1.js': { hash: 'ab', ranges: [0, 0, 500, 1], lines: [400] } },
    }
    const blamed = blameModules(
      [
        { ...error, char: 2 * ERROR_LINE + 101, n: 7 },
        { ...error, char: 2 * ERROR_LINE + 100, n: 9 },
        { ...place, char: 5, ms: 1 },
      ],
      new Map([['0123456789ab', { ...upload, positions }]]),
    )
    expect(blamed.map(({ metric, module, n }) => [metric, module, n])).toEqual([
      ['inp', 'src/home.tsx', 2],
      ['error', 'src/home.tsx', 9],
      ['error', 'src/notes.tsx', 7],
    ])
    expect(readReleaseUpload({ ...upload, positions }, 5).content).toContain('"lines":[400]')
  })

  it('shows the place as it is where the release was not pushed', () => {
    const [blamed] = blameModules([{ ...place, char: 5, ms: 1 }], new Map())
    expect(blamed).toMatchObject({ file: 'index-a1.js', char: 5 })
    expect(blamed).not.toHaveProperty('module')
  })
})

describe('two releases', () => {
  it('differ in the modules that the route loads, and only there', () => {
    const after: ReleaseUpload = {
      ...upload,
      release: 'ba9876543210',
      chunks: [
        {
          file: 'index-a1.js',
          modules: [
            { id: 'src/home.tsx', brotli: 350 },
            { id: 'src/new.ts', brotli: 80 },
          ],
        },
        { file: 'notes-b2.js', modules: [] },
      ],
    }
    expect(changedModules(upload, after, '/').map(({ module, change }) => [module, change])).toEqual([
      ['src/new.ts', 'added'],
      ['src/home.tsx', 'changed'],
    ])
    expect(changedModules(upload, after, undefined)[0]).toEqual({
      module: 'src/notes.tsx',
      change: 'removed',
      brotli: -200,
      owners: ['@notes'],
    })
  })

  it('sees what changed without growing by its source, and not what only moved', () => {
    const withHashes = (home: string, brotli: number): ReleaseUpload => ({
      ...upload,
      chunks: [{ file: 'index-a1.js', modules: [{ id: 'src/home.tsx', brotli, hash: home }] }],
    })
    expect(changedModules(withHashes('a', 300), withHashes('b', 300), '/')).toMatchObject([{ module: 'src/home.tsx' }])
    expect(changedModules(withHashes('a', 300), withHashes('a', 302), '/')).toEqual([])
  })

  it('finds the route by its name, whatever its number, and nothing of it in a release without it', () => {
    const [home, notes] = upload.routes as [ReleaseUpload['routes'][0], ReleaseUpload['routes'][0]]
    const inserted = { ...home, id: '/new', path: '/new', files: ['notes-b2.js'] }
    expect(changedModules(upload, { ...upload, routes: [home, inserted, notes] }, '/notes')).toEqual([])
    const added = changedModules(upload, { ...upload, routes: [home, inserted, notes] }, '/new')
    expect(added.map(({ module, change }) => [module, change])).toEqual([['src/notes.tsx', 'added']])
  })

  it('looks through all chunks where the build did not know what a route loads', () => {
    const unknown = { ...upload, routes: [{ ...upload.routes[0]!, files: [] }] }
    expect(changedModules(unknown, { ...unknown, chunks: [] }, '/')).toHaveLength(2)
  })

  it('are told apart only where the intervals are', () => {
    const stats = (p75: number | null, interval: [number, number] | null) =>
      ({
        n: 100,
        good: 1,
        needsImprovement: 0,
        poor: 0,
        p50: 1,
        p75,
        p95: 1,
        p99: null,
        intervals: { p50: null, p75: interval, p95: null, p99: null },
      }) as const
    const judge = (a: [number, number] | null, b: [number, number] | null) =>
      compareMetrics({ lcp: stats(1, a) }, { lcp: stats(2, b) })[0]!.verdict
    expect(judge([1, 2], [3, 4])).toBe('worse')
    expect(judge([3, 4], [1, 2])).toBe('better')
    expect(judge([1, 3], [2, 4])).toBe('no difference seen')
    expect(judge(null, [2, 4])).toBe('not enough data')
  })
})

describe('parseCodeOwners', () => {
  const ownersOf = parseCodeOwners(`
# all
*        @all
*.css    @design # style
/src/pages/   @pages
src/api  @api @backend
docs/*   @docs
**/deep/**/x.ts @deep
/src/pages/free.tsx
`)
  it.each([
    ['index.html', ['@all']],
    ['src/a/b.css', ['@design']],
    ['src/pages/home.tsx', ['@pages']],
    ['other/src/pages/home.tsx', ['@all']],
    ['src/api/client.ts', ['@api', '@backend']],
    ['docs/a.md', ['@docs']],
    ['docs/deep/a.md', ['@all']],
    ['a/deep/b/c/x.ts', ['@deep']],
    ['src/pages/free.tsx', []],
  ])('%s belongs to %j', (path, owners) => {
    expect(ownersOf(path)).toEqual(owners)
  })
})
