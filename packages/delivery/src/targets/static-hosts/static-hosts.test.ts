import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllHeaders } from '@netlify/headers-parser'
import { parseAllRedirects } from '@netlify/redirect-parser'
import { errorCodes } from '@paceline/kit'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { fileUrl } from '../../links/route-links.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import { manyFiles, smallSite, smallSiteOptions, writeDelivery } from '../../testing/delivery-fixture.ts'
import { cloudflare } from '../cloudflare/cloudflare.ts'
import { resolveTargetOptions } from '../target-options.ts'
import { wantedHeaders } from './header-rules.ts'
import { headersFile, parseRules, redirectsFile, usersPart } from './host-files.ts'
import { netlify } from './netlify.ts'

interface NetlifyRule {
  readonly forRegExp: RegExp
  readonly values: Readonly<Record<string, string>>
}

/** What Netlify's own parser makes of a `_headers` file. */
async function netlifyRules(text: string): Promise<readonly NetlifyRule[]> {
  const root = await writeFixture({ _headers: text })
  const { headers, errors } = await parseAllHeaders({
    headersFiles: [join(root, '_headers')],
    netlifyConfigPath: undefined,
    configHeaders: [],
    minimal: false,
  })
  expect(errors).toEqual([])
  return headers as readonly NetlifyRule[]
}

/** Cloudflare's documentation: `*` takes anything, `:name` a segment, and what two rules say of one header is joined. */
function cloudflareHeaders(text: string, path: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const rule of parseRules(text)) {
    const source = rule.path
      .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll(/:[a-z]\w*/gi, '[^/]+')
    if (!new RegExp(`^${source}$`).test(path)) continue
    for (const [name, value] of Object.entries(rule.headers))
      headers[name] = name in headers ? `${headers[name]}, ${value}` : value
  }
  return headers
}

/** Limits of Cloudflare (https://developers.cloudflare.com/pages/configuration/headers/). */
function expectLimits(text: string): void {
  expect(parseRules(text).length).toBeLessThanOrEqual(100)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(2000)
}

async function expectTable(manifest: DeliveryManifest, text: string): Promise<void> {
  const rules = await netlifyRules(text)
  for (const file of manifest.files) {
    const path = fileUrl(manifest.base, file.file)
    const expected = wantedHeaders(manifest, file)
    const met = rules.filter(({ forRegExp }) => forRegExp.test(path)).flatMap(({ values }) => Object.entries(values))
    const names = met.map(([name]) => name.toLowerCase()).filter((name) => name !== 'link')
    expect([path, [...new Set(names)].sort()]).toEqual([path, Object.keys(expected).sort()])
    expect(names).toHaveLength(new Set(names).size)
    for (const [name, value] of met) if (name.toLowerCase() !== 'link') expect(value).toBe(expected[name.toLowerCase()])
    const { link, ...others } = cloudflareHeaders(text, path)
    expect([path, others, link]).toEqual([path, expected, undefined])
  }
}

describe('_headers', () => {
  it('gives every file the headers of the table, to Netlify as to Cloudflare', async () => {
    const { manifest } = await writeDelivery(smallSite, smallSiteOptions)
    const text = headersFile(manifest, '')
    await expectTable(manifest, text)
    expect(text).not.toContain('/assets/*')
    const [link] = (await netlifyRules(text))
      .filter(({ forRegExp }) => forRegExp.test('/notes/7'))
      .flatMap(({ values }) => values['link'] ?? [])
    expect(link).toBe('</assets/index-AAAA1111.js>; rel=modulepreload')
  })

  it.each([
    ['all alike', {}, {}],
    ['one with another policy', {}, { 'assets/c-79*.js': { 'x-a': '1' } }],
    ['one that is not hashed', { 'assets/list.json': { content: '[]' } }, {}],
    ['a directory beside that begins alike', { 'assets-old/a.txt': { content: 'a' } }, {}],
    ['pictures without hashes', { 'img/a.png': { content: 'a' }, 'img/b.png': { content: 'b' } }, {}],
  ])('holds the limits and the table with 300 files, %s', async (_, own, policy) => {
    const { manifest } = await writeDelivery(manyFiles(300, own), { fallback: 'index.html', policy })
    const text = headersFile(manifest, '')
    await expectTable(manifest, text)
    expectLimits(text)
  })

  it('gives no page the headers of files: where routes and files share a directory there is a rule for each file', async () => {
    const documents = [{ pattern: '/img/:id', file: 'index.html', links: [] }]
    const files = { 'index.html': { content: 'Shell' }, 'img/a.png': { content: 'a' }, 'img/b.png': { content: 'b' } }
    const text = headersFile((await writeDelivery(files, { documents, fallback: 'index.html' })).manifest, '')
    expect(cloudflareHeaders(text, '/img/7')).toEqual({ 'x-content-type-options': 'nosniff' })
  })

  it.each([[3], [300]])(
    'gives a page that is called like the directory of %d files none of their headers',
    async (count) => {
      const documents = [{ pattern: '/assets', file: 'index.html', links: [] }]
      const { manifest } = await writeDelivery(manyFiles(count), { documents, fallback: 'index.html' })
      const text = headersFile(manifest, '')
      await expectTable(manifest, text)
      const met = (await netlifyRules(text)).filter(({ forRegExp }) => forRegExp.test('/assets'))
      expect(met.flatMap(({ values }) => values['cache-control'] ?? [])).toEqual(['no-cache'])
      const redirects = redirectsFile(manifest, '', '404.html')
      expect(redirects).toContain(
        '/assets/:file  /404.html  404\n/assets/:directory/*  /404.html  404\n/*  /index.html  200',
      )
    },
  )

  it('names what a page loads first only where no other page would get it, too', async () => {
    const documents = ['/', '/projects/new', '/projects/:id', '/notes/:id', '/*'].map((pattern) => ({
      pattern,
      file: 'index.html',
      links: [`</${pattern.length}.js>; rel=modulepreload`],
    }))
    const text = headersFile((await writeDelivery(manyFiles(2), { documents, fallback: 'index.html' })).manifest, '')
    const link = (path: string): string | undefined => cloudflareHeaders(text, path)['link']
    expect([link('/'), link('/projects/new'), link('/projects/7'), link('/notes/7'), link('/other')]).toEqual([
      '</1.js>; rel=modulepreload',
      '</13.js>; rel=modulepreload',
      undefined,
      '</10.js>; rel=modulepreload',
      undefined,
    ])
  })

  it('names as many links as a line takes, and none where one is too long', async () => {
    const link = (index: number): string => `</assets/${String(index).padStart(90, 'a')}.js>; rel=modulepreload`
    const linksOf = async (links: readonly string[]): Promise<string | undefined> => {
      const documents = [{ pattern: '/many', file: 'index.html', links }]
      const { manifest } = await writeDelivery(manyFiles(3), { documents, fallback: 'index.html' })
      const text = headersFile(manifest, '')
      await expectTable(manifest, text)
      expectLimits(text)
      return cloudflareHeaders(text, '/many')['link']
    }
    const links = Array.from({ length: 40 }, (_, index) => link(index))
    const fit = (await linksOf(links))!.split(', ')
    expect(fit).toEqual(links.slice(0, fit.length))
    expect(fit.length).toBeGreaterThan(10)
    expect(await linksOf([`</${'a'.repeat(2000)}.js>; rel=modulepreload`])).toBeUndefined()
  })

  it('stays within 100 rules with 90 of the user, and says so when they leave no room', async () => {
    const users = (count: number): string =>
      Array.from({ length: count }, (_, index) => `/user-${index}\n  X-User: ${index}\n`).join('')
    const { manifest } = await writeDelivery(manyFiles(300), { fallback: 'index.html' })
    expectLimits(headersFile(manifest, users(90)))
    expect(() => headersFile(manifest, users(100))).toThrow(/the hosts that read it take 100/)
  })

  it('leaves a header that is too long for Cloudflare to the Worker', async () => {
    const policy = { 'index.html': { 'content-security-policy': `img-src${' https://a.example'.repeat(120)}` } }
    const { manifest } = await writeDelivery(manyFiles(3), { fallback: 'index.html', policy })
    const options = resolveTargetOptions(undefined)
    expect(cloudflare(manifest, options).map(({ file }) => file)).toEqual(['worker.js', 'wrangler.jsonc'])
    const rules = await netlifyRules(netlify(manifest, options).find(({ file }) => file === '_headers')!.content)
    expect(rules.flatMap(({ values }) => Object.keys(values))).toContain('content-security-policy')
  })

  it('keeps the rules of the user before its own, and only once', async () => {
    const { manifest } = await writeDelivery(smallSite, smallSiteOptions)
    const users = '# mine\n/*\n  X-Frame-Options: DENY\n'
    const first = headersFile(manifest, users)
    expect(first.startsWith(users)).toBe(true)
    expect(headersFile(manifest, first)).toBe(first)
    expect(usersPart(first)).toBe(users.trim())
  })

  it('says so when there are too many rules, and guesses nothing', async () => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`page-${index}.txt`, { content: 'a' }]))
    const { manifest } = await writeDelivery(manyFiles(3, many))
    let codes: string[] = []
    try {
      headersFile(manifest, '')
    } catch (error) {
      codes = errorCodes(error)
    }
    expect(codes).toEqual(['PACELINE_DELIVERY_LIMIT'])
    const files = cloudflare(manifest, resolveTargetOptions(undefined)).map(({ file }) => file)
    expect(files).toEqual(['worker.js', 'wrangler.jsonc'])
  })

  it('refuses to send what the user and the policy both say', async () => {
    const { manifest } = await writeDelivery(smallSite, smallSiteOptions)
    let codes: string[] = []
    try {
      headersFile(manifest, '/*\n  Cache-Control: no-store\n')
    } catch (error) {
      codes = errorCodes(error)
    }
    expect(codes).toEqual(['PACELINE_DELIVERY_CONFLICT'])
  })
})

it('_redirects, as Netlify reads it, answers 404 for missing files before the shell', async () => {
  const { manifest } = await writeDelivery(smallSite, smallSiteOptions)
  const options = resolveTargetOptions(undefined, new Map([['_redirects', '/old /new 301\n']]))
  const { content } = netlify(manifest, options).find(({ file }) => file === '_redirects')!
  const root = await writeFixture({})
  await writeFile(join(root, '_redirects'), content)
  const { redirects, errors } = await parseAllRedirects({
    redirectsFiles: [join(root, '_redirects')],
    configRedirects: [],
    minimal: true,
  })
  expect(errors).toEqual([])
  const found = redirects as readonly { from: string; to: string; status: number }[]
  expect(found.map(({ from, to, status }) => [from, to, status])).toEqual([
    ['/old', '/new', 301],
    ['/assets/*', '/paceline-404.txt', 404],
    ['/*', '/index.html', 200],
  ])
})
