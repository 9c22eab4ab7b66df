import { errorCodes } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { smallSite, smallSiteOptions, writeDelivery, type FixtureOptions } from '../testing/delivery-fixture.ts'
import { purgeForms } from './purge-forms.ts'
import { purgePaths } from './purge-list.ts'

describe('the purge list', () => {
  const release = async (
    changes: Readonly<Record<string, string>>,
    removed?: string,
    options: FixtureOptions = {},
  ): ReturnType<typeof writeDelivery> => {
    const files = {
      ...smallSite,
      ...Object.fromEntries(Object.entries(changes).map(([file, content]) => [file, { content }])),
    }
    return writeDelivery(Object.fromEntries(Object.entries(files).filter(([file]) => file !== removed)), {
      ...smallSiteOptions,
      ...options,
    })
  }
  const between = async (
    changes: Readonly<Record<string, string>>,
    removed?: string,
    options?: FixtureOptions,
  ): Promise<string[]> => {
    const before = await release({}, undefined, options)
    const after = await release(changes, removed, options)
    return purgePaths(after.manifest, new Map(before.manifest.files.map(({ file, sha256 }) => [file, sha256])))
  }

  it('is empty when nothing changed, and for a first release', async () => {
    expect(await between({})).toEqual([])
    expect(purgePaths((await release({})).manifest, undefined)).toEqual([])
  })

  it('names what changed under the same name, what is gone and what is new, and nothing hashed', async () => {
    expect(await between({ 'sw.js': 'new', 'new file.txt': 'new' }, 'robots.txt')).toEqual([
      '/new%20file.txt',
      '/robots.txt',
      '/sw.js',
    ])
    expect(await between({}, 'assets/main-CCCC2222.css')).toEqual(['/assets/main-CCCC2222.css'])
  })

  it('names the addresses of a page that changed, and leaves files alone that did not', async () => {
    const documents = [
      ...smallSiteOptions.documents!,
      ...['/notes/new', '/about', '/:page', '/*'].map((pattern) => ({ pattern, file: 'index.html', links: [] })),
    ]
    expect(await between({ 'index.html': 'new' }, undefined, { documents })).toEqual([
      '/',
      '/about',
      '/index.html',
      '/notes/*',
    ])
    expect(await between({ 'index.html': 'new' }, undefined, { base: '/app/', documents: [] })).toEqual([
      '/app/index.html',
    ])
  })

  it.each([
    ['public, max-age=0, s-maxage=600', true],
    ['max-age=600', true],
    ['public', true],
    ['max-age=600, s-maxage=0', false],
    ['no-cache', false],
    ['private, max-age=600', false],
    ['no-store', false],
  ])('names all addresses at once when the shell says %j: %s', async (control, all) => {
    const change = { 'index.html': 'new', 'sw.js': 'new' }
    const policy = { 'index.html': { 'cache-control': control } }
    expect(await between(change, undefined, { policy })).toEqual(
      all ? ['/*'] : ['/', '/index.html', '/notes/*', '/sw.js'],
    )
    const ofCdn = { 'index.html': { 'cache-control': control, 'cdn-cache-control': 'max-age=600' } }
    expect(await between(change, undefined, { policy: ofCdn, base: '/app/', documents: [] })).toEqual(['/app/*'])
  })
})

describe('the forms of CDNs', () => {
  const form = (paths: readonly string[], name: string, origin?: string): unknown => {
    const found = purgeForms(paths, origin, 'abc').find(({ file }) => file === `purge.${name}`)
    return name === 'txt' ? found?.content : JSON.parse(found?.content ?? 'null')
  }

  it('are what their APIs take', () => {
    const paths = ['/', '/notes/*', '/sw.js']
    expect(form(paths, 'txt')).toBe('/\n/notes/*\n/sw.js\n')
    expect(form(paths, 'cloudfront.json')).toEqual({ Paths: { Quantity: 3, Items: paths }, CallerReference: 'abc' })
    expect(form(paths, 'cloudflare.json', 'https://a.example/x')).toEqual([
      { files: ['https://a.example/', 'https://a.example/sw.js'] },
      { prefixes: ['a.example/notes/'] },
    ])
    expect(form(paths, 'fastly.json', 'https://a.example')).toEqual({
      urls: ['a.example/', 'a.example/sw.js'],
      all: true,
    })
    expect(form(paths, 'akamai.json', 'https://a.example')).toMatchObject({ wildcards: ['https://a.example/notes/*'] })
  })

  it('are split where an API takes only so many', () => {
    const many = Array.from({ length: 250 }, (_, index) => `/${index}`)
    const calls = form(many, 'cloudflare.json', 'https://a.example') as { files: string[] }[]
    expect(calls.map(({ files }) => files.length)).toEqual([100, 100, 50])
    const open = Array.from({ length: 16 }, (_, index) => `/${index}/*`)
    expect(form(open, 'cloudfront.json')).toMatchObject({ Paths: { Items: ['/*'] } })
    const closed = Array.from({ length: 3001 }, (_, index) => `/${index}`)
    expect(form(closed, 'cloudfront.json')).toMatchObject({ Paths: { Items: ['/*'] } })
  })

  it('need a site that is one', () => {
    let codes: string[] = []
    try {
      purgeForms([], 'example.com', 'abc')
    } catch (error) {
      codes = errorCodes(error)
    }
    expect(codes).toEqual(['PACELINE_DELIVERY_ORIGIN'])
  })
})
