import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNginx } from '@paceline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nginx } from '../targets/nginx/nginx.ts'
import { resolveTargetOptions } from '../targets/target-options.ts'
import { smallSite, smallSiteOptions, writeDelivery, type DeliveryFixture } from '../testing/delivery-fixture.ts'
import { ask, type RawAnswer, type RawRequest } from './raw-request.ts'
import { renderDoctor } from './render-doctor.ts'
import { runDoctor, sampleFiles, type DoctorOptions, type DoctorReport } from './run-doctor.ts'

let site: DeliveryFixture
let url: string
let directory: string
let stop: (() => Promise<void>) | undefined

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'paceline-doctor-'))
  site = await writeDelivery(smallSite, { ...smallSiteOptions, dir: directory })
  const [http, server] = nginx(site.manifest, resolveTargetOptions({ root: directory }))
  url = (await startNginx({ http: http!.content, server: server!.content, atEnd: (end) => (stop = end) })).origin
})
afterAll(async () => {
  await stop?.()
  await rm(directory, { recursive: true, force: true })
})

type Change = (answer: RawAnswer, path: string, request: RawRequest) => Partial<RawAnswer> | undefined

/** The right site, with something changed on the way. */
const examine = (change: Change = () => undefined, options: Partial<DoctorOptions> = {}): Promise<DoctorReport> =>
  runDoctor({
    manifest: site.manifest,
    url,
    async ask(address, request) {
      const answer = await ask(address, request)
      return { ...answer, ...change(answer, new URL(address).pathname, request) }
    },
    ...options,
  })

const without = (headers: RawAnswer['headers'], ...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))

const shell = (): RawAnswer => ({ status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('Shell') })

describe('the doctor', () => {
  it('finds nothing where nginx runs the configuration that was made for it', async () => {
    const report = await examine()
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({ verdict: 'holds', host: 'nginx', files: Object.keys(smallSite).length })
    expect(renderDoctor(report)).toMatch(
      /^paceline doctor http.*: nginx, release .*\n✓ The site does what the policy says\n$/,
    )
  })

  it.each<[string, Change, string, string | undefined]>([
    [
      'another cache policy',
      ({ headers }) => ({ headers: { ...headers, 'cache-control': 'no-store' } }),
      'header',
      'cache-control',
    ],
    [
      'another cache policy for deep links alone',
      ({ headers }, path) =>
        path.includes('/deep/') ? { headers: { ...headers, 'cache-control': 'max-age=600' } } : undefined,
      'header',
      'cache-control',
    ],
    [
      'another type',
      ({ headers }, path) =>
        path.endsWith('.wasm') ? { headers: { ...headers, 'content-type': 'application/octet-stream' } } : undefined,
      'header',
      'content-type',
    ],
    ['no Vary', ({ headers }) => ({ headers: without(headers, 'vary') }), 'header', 'vary'],
    [
      'a file of another release',
      (_, path) => (path === '/sw.js' ? { body: Buffer.from('old') } : undefined),
      'bytes',
      undefined,
    ],
    ['a file that is missing', (_, path) => (path === '/sw.js' ? { status: 404 } : undefined), 'status', undefined],
    [
      'the shell in place of missing files',
      ({ status }) => (status === 404 ? shell() : undefined),
      'missing file',
      undefined,
    ],
    [
      'no shell for deep links',
      (_, path) => (path.includes('/deep/') ? { status: 404 } : undefined),
      'page',
      undefined,
    ],
    ['no links', ({ headers }) => ({ headers: without(headers, 'link') }), 'link', undefined],
    [
      'no speculation rules',
      ({ headers }) => ({ headers: without(headers, 'speculation-rules') }),
      'speculation rules',
      undefined,
    ],
    [
      'the speculation rules of another release',
      ({ headers }) =>
        headers['speculation-rules'] === undefined
          ? undefined
          : { headers: { ...headers, 'speculation-rules': '"/speculation-ba9876543210.speculationrules"' } },
      'speculation rules',
      undefined,
    ],
    ['no 304', ({ status }) => (status === 304 ? { status: 200 } : undefined), 'revalidation', undefined],
    [
      'no validators',
      ({ headers }) => ({ headers: without(headers, 'etag', 'last-modified') }),
      'revalidation',
      undefined,
    ],
    [
      'broken brotli',
      ({ headers, body }) => (headers['content-encoding'] === 'br' ? { body: body.subarray(0, -3) } : undefined),
      'bytes',
      'br',
    ],
    [
      'a delta for everybody',
      ({ headers }, _, request) =>
        request.headers['available-dictionary'] ? { headers: { ...headers, 'content-encoding': 'dcb' } } : undefined,
      'wrong delta',
      undefined,
    ],
    [
      'a damaged delta',
      ({ headers, body }) =>
        headers['content-encoding'] === 'dcz'
          ? { body: Buffer.concat([body.subarray(0, -3), Buffer.from('abc')]) }
          : undefined,
      'wrong delta',
      'dcz',
    ],
  ])('sees %s', async (_, change, check, subject) => {
    const report = await examine(change)
    expect(report.verdict).toBe('differs')
    const found = report.findings.find(
      (finding) => finding.check === check && (subject === undefined || finding.subject === subject),
    )
    expect(found).toBeDefined()
    expect(found).toMatchObject({
      severity: 'error',
      why: expect.stringMatching(/\w/) as string,
      fix: expect.stringMatching(/\w/) as string,
    })
    expect(renderDoctor(report)).toContain(found!.fix.split(' ')[0])
  })

  it('notes what a host cannot do, and does not hold it against the site', async () => {
    const report = await examine(({ headers, status, body }, path, request) => {
      const { 'content-encoding': encoding } = headers
      const others = without(headers, 'content-encoding', 'link', 'speculation-rules')
      const own = { ...others, server: 'Netlify', 'x-nf-request-id': '1' }
      if (encoding !== 'dcb' && encoding !== 'dcz')
        return { headers: { ...own, ...(encoding ? { 'content-encoding': encoding } : {}) }, status, body }
      return { headers: own, body: Buffer.from(`no delta for ${path} ${request.timeout}`) }
    })
    expect(report).toMatchObject({ verdict: 'holds', host: 'netlify' })
    expect(report.findings.map(({ check, severity }) => [check, severity])).toEqual(
      expect.arrayContaining([
        ['delta', 'note'],
        ['link', 'note'],
        ['speculation rules', 'note'],
      ]),
    )
  })

  it('takes what means the same for the same', async () => {
    const report = await examine(({ headers }) => {
      const { 'cache-control': cache, 'content-type': type, vary, 'speculation-rules': rules, ...others } = headers
      return {
        headers: {
          ...others,
          ...(cache
            ? {
                'cache-control':
                  cache === 'no-cache'
                    ? 'public, max-age=0, must-revalidate'
                    : cache.split(', ').toReversed().join(','),
              }
            : {}),
          ...(type
            ? { 'content-type': type.replace('text/javascript', 'application/javascript').replace('utf-8', 'UTF-8') }
            : {}),
          ...(vary ? { vary: `Origin, ${vary.toLowerCase()}` } : {}),
          ...(rules ? { 'speculation-rules': `"/of-their-own.json", ${rules.replace('"/', '"./')}` } : {}),
        },
      }
    })
    expect(report.findings).toEqual([])
  })

  it('says that a site cannot be reached', async () => {
    const report = await runDoctor({ manifest: site.manifest, url: 'http://127.0.0.1:9/' })
    expect(report).toMatchObject({
      verdict: 'unreachable',
      files: 0,
      problem: expect.stringContaining('ECONNREFUSED') as string,
    })
  })

  it('ends when time is up, and says so', async () => {
    const started = performance.now()
    let asked = 0
    const report = await examine(undefined, {
      total: 300,
      ask: (address, request) =>
        asked++ < 5
          ? ask(address, request)
          : new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(new Error('late')))),
    })
    expect(report.verdict).toBe('unfinished')
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it('asks no more at once than it may', async () => {
    let now = 0
    let most = 0
    await examine(undefined, {
      concurrency: 3,
      async ask(address, request) {
        most = Math.max(most, ++now)
        try {
          return await ask(address, request)
        } finally {
          now--
        }
      },
    })
    expect(most).toBeLessThanOrEqual(3)
  })

  it('chooses one file of each kind first', () => {
    const chosen = sampleFiles(site.manifest.files, 6).map(({ file }) => file)
    expect(chosen).toHaveLength(6)
    expect(chosen).toEqual(expect.arrayContaining(['index.html', 'sw.js']))
  })
})
