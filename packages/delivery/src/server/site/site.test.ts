import { describe, expect, it } from 'vitest'
import type { DeliveredFile, DeliveryManifest } from '../../manifest.ts'
import { requestPath } from './request-path.ts'
import { findTarget, prepareSite } from './site.ts'

const page = (file: string): DeliveredFile => {
  return { file, type: 'text/html; charset=utf-8', bytes: 1, sha256: 'a'.repeat(64), policy: 'document', hashed: false }
}
const script: DeliveredFile = { ...page('assets/a-12345678.js'), type: 'text/javascript', hashed: true }
const site = (more: Partial<DeliveryManifest>): ReturnType<typeof prepareSite> => {
  const files = [page('index.html'), page('about/index.html'), page('help.html'), script]
  return prepareSite({ schemaVersion: 1, release: 'r', base: '/', policies: {}, files, documents: [], ...more })
}
const NAVIGATION = { 'sec-fetch-mode': 'navigate' }

/** What a path leads to, in a word. */
function found(more: Partial<DeliveryManifest>, path: string, headers = NAVIGATION): string {
  const target = findTarget(site(more), path, headers)
  if (typeof target === 'string') return target
  return 'redirect' in target ? `to ${target.redirect}` : target.asset.file.file
}

describe('findTarget', () => {
  it.each([
    ['/', 'index.html'],
    ['/index.html', 'index.html'],
    ['/about/', 'about/index.html'],
    ['/about', 'to /about/'],
    ['/help', 'help.html'],
    ['/help/', 'foreign'],
    ['/assets/a-12345678.js', 'assets/a-12345678.js'],
    ['/assets/b-12345678.js', 'missing'],
    ['/assets/page', 'missing'],
    ['/toString', 'foreign'],
  ])('has %s for %s where there are pages', (path, expected) => {
    expect(found({}, path)).toBe(expected)
  })

  it.each([
    ['/app', 'to /app/'],
    ['/app/', 'index.html'],
    ['/app/users/jane.doe', 'index.html'],
    ['/app/missing.png', 'foreign'],
    ['/app/assets/gone.js', 'missing'],
    ['/', 'foreign'],
    ['/apples', 'foreign'],
  ])('has %s below a base with a fallback for %s', (path, expected) => {
    expect(found({ base: '/app/', fallback: 'index.html' }, path)).toBe(expected)
  })

  it('compares decoded, however a base and a pattern are written', () => {
    const documents = [{ pattern: '/gr%C3%B6%C3%9Fe/a%20b', file: 'help.html', links: [] }]
    for (const base of ['/größe/', '/gr%C3%B6%C3%9Fe/']) {
      expect(found({ base, documents }, '/größe/index.html')).toBe('index.html')
      expect(found({ base, documents }, '/größe')).toBe('to /gr%C3%B6%C3%9Fe/')
      expect(found({ base, documents }, '/größe/a b')).toBe('help.html')
    }
  })

  it('takes the first pattern that matches, and a page that a route names without a slash', () => {
    const documents = [
      { pattern: '/about', file: 'about/index.html', links: ['</a.js>; rel=modulepreload'] },
      { pattern: '/notes/:id', file: 'help.html', links: [] },
      { pattern: '/*', file: 'index.html', links: [] },
    ]
    expect(found({ documents }, '/about')).toBe('about/index.html')
    expect(found({ documents }, '/notes/7')).toBe('help.html')
    expect(found({ documents }, '/notes/7/edit')).toBe('index.html')
    expect(found({ documents }, '/notes/7', { 'sec-fetch-mode': 'cors' })).toBe('foreign')
  })
})

describe('requestPath', () => {
  it.each([
    ['/a%20b?c=%zz#d', { path: '/a b', search: '?c=%zz#d' }],
    ['http://host', { path: '/', search: '' }],
    ['HTTPS://host/a?b', { path: '/a', search: '?b' }],
    ['/...', { path: '/...', search: '' }],
    ['/a/..b/c', { path: '/a/..b/c', search: '' }],
    ['/%252e', { path: '/%2e', search: '' }],
    ['/a/..', { status: 400 }],
    ['/./a', { status: 400 }],
    ['', { status: 400 }],
  ])('reads %j', (url, expected) => {
    expect(requestPath(url)).toEqual(expected)
  })
})
