import type { BuildReport, FileKind, RouteEntry } from '@paceline/build-graph'
import { describe, expect, it } from 'vitest'
import { findDocuments, mountPath, type DocumentsInput } from './documents.ts'

const kinds: Readonly<Record<string, FileKind>> = { js: 'js', css: 'css', woff2: 'font', avif: 'image' }
const sizes: Readonly<Record<string, number>> = {
  'assets/index-1.js': 900,
  'assets/vendor-1.js': 9000,
  'assets/tiny-1.js': 9,
  'assets/index-1.css': 50,
  'assets/notes-1.js': 300,
  'assets/inter-1.woff2': 2000,
  'assets/hero-1.avif': 5000,
}
const entry = ['assets/index-1.css', 'assets/tiny-1.js', 'assets/vendor-1.js', 'assets/index-1.js']
const route = (id: string, path: string | undefined, files: readonly string[]): RouteEntry =>
  ({ id, module: id, ...(path === undefined ? {} : { path }), firstLoad: { files } }) as unknown as RouteEntry
const report = (...routes: readonly RouteEntry[]): Pick<BuildReport, 'chunks' | 'files' | 'routes'> =>
  ({
    chunks: [{ file: 'assets/index-1.js', entry: true }],
    files: Object.entries(sizes).map(([file, brotli]) => ({ file, brotli, kind: kinds[file.split('.').at(-1)!] })),
    routes,
  }) as unknown as BuildReport

const app = report(
  route('/', '/', entry),
  route('/notes/:noteId', '/notes/:noteId', [...entry, 'assets/notes-1.js']),
  route('src/unknown.tsx', undefined, entry),
)
const find = (input: Partial<DocumentsInput>): ReturnType<typeof findDocuments> =>
  findDocuments({
    report: app,
    pages: new Map([['index.html', '<!doctype html>']]),
    base: '/',
    isSinglePage: true,
    options: {},
    ...input,
  })

describe('a single-page app', () => {
  it('has a document for each route that is known by its path, and its shell for all others', () => {
    const { documents, fallback, notFound } = find({})
    expect(documents.map(({ pattern, file }) => [pattern, file])).toEqual([
      ['/notes/:noteId', 'index.html'],
      ['/', 'index.html'],
    ])
    expect([fallback, notFound]).toEqual(['index.html', undefined])
  })

  it('names styles first, then scripts from the entry on, and keeps the mode in which Vite asks for them', () => {
    expect(find({}).documents[0]!.links).toEqual([
      '</assets/index-1.css>; rel=preload; as=style; crossorigin',
      '</assets/index-1.js>; rel=modulepreload; crossorigin',
      '</assets/tiny-1.js>; rel=modulepreload; crossorigin',
      '</assets/vendor-1.js>; rel=modulepreload; crossorigin',
      '</assets/notes-1.js>; rel=modulepreload; crossorigin',
    ])
  })

  it('does not hurry what measures the page', () => {
    const vitals = { file: 'assets/vendor-1.js' } as BuildReport['vitals']
    const { documents } = find({ report: { ...app, ...(vitals && { vitals }) } })
    expect(documents[0]!.links.join()).not.toContain('vendor')
  })

  it('leaves out the smallest scripts when there are too many links', () => {
    expect(find({ options: { limit: 3 } }).documents[0]!.links.join()).not.toMatch(/tiny|notes/)
  })

  it('starts no module before an import map', () => {
    const pages = new Map([['index.html', '<script type="importmap">{}</script>']])
    const links = find({ pages }).documents[0]!.links
    expect(links.join()).not.toContain('modulepreload')
    expect(links).toContain('</assets/index-1.js>; rel=preload; as=script; crossorigin')
  })

  it('names fonts and the hero only when it is told', () => {
    const links = find({ options: { fonts: ['**/inter-*'], heroes: { '/': '**/hero-*' } } }).documents[1]!.links
    expect(links).toContain('</assets/inter-1.woff2>; rel=preload; as=font; type="font/woff2"; crossorigin')
    expect(links).toContain('</assets/hero-1.avif>; rel=preload; as=image; fetchpriority=high; type="image/avif"')
  })

  it('asks for files where the base says, and is mounted there unless that is another origin', () => {
    const mounted = find({ base: '/app/' }).documents[0]!
    expect([mounted.pattern, mounted.links[0]]).toEqual([
      '/app/notes/:noteId',
      '</app/assets/index-1.css>; rel=preload; as=style; crossorigin',
    ])
    const elsewhere = find({ base: 'https://cdn.example.com/x/' }).documents[0]!
    expect([elsewhere.pattern, elsewhere.links[0]]).toEqual([
      '/notes/:noteId',
      '<https://cdn.example.com/x/assets/index-1.css>; rel=preload; as=style; crossorigin',
    ])
  })

  it('has no deep addresses with a relative base', () => {
    const { documents } = find({ base: './' })
    expect(documents.map(({ pattern }) => pattern)).toEqual(['/'])
    expect(documents[0]!.links[0]).toContain('<./assets/index-1.css>')
  })

  it('sends no links when they are off', () => {
    expect(find({ options: false }).documents.flatMap(({ links }) => links)).toEqual([])
  })
})

describe('an app of several pages', () => {
  const pages = new Map([
    ['index.html', ''],
    ['about.html', ''],
    ['admin/index.html', ''],
    ['404.html', ''],
  ])

  it('has each page at its own address, and no shell', () => {
    const { documents, fallback, notFound } = find({ pages, report: report(route('about.html', '/about', entry)) })
    expect(documents.map(({ pattern, file }) => [pattern, file])).toEqual([
      ['/about', 'about.html'],
      ['/admin/', 'admin/index.html'],
      ['/', 'index.html'],
    ])
    expect(documents[0]!.links).toHaveLength(4)
    expect([fallback, notFound]).toEqual([undefined, '404.html'])
  })

  it.each(['200.html', '__spa-fallback.html'])('has a shell when there is a %s, which is no page itself', (shell) => {
    const { documents, fallback } = find({ pages: new Map([...pages, [shell, '']]) })
    expect(fallback).toBe(shell)
    expect(documents.map(({ pattern }) => pattern)).not.toContain(`/${shell.replace('.html', '')}`)
  })
})

it.each([
  ['/', '/'],
  ['/app', '/app/'],
  ['', '/'],
  ['./', '/'],
  ['https://cdn.example.com/x/', '/'],
  ['//cdn.example.com/x/', '/'],
])('base %j is mounted at %s', (base, expected) => {
  expect(mountPath(base)).toBe(expected)
})
