import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { buildGraph, type BuildReport } from '@paceline/build-graph'
import {
  describePluginContract,
  routedApp,
  runBuild,
  smallApp,
  startServer,
  viteVersions,
  writeFixture,
  type FixtureFiles,
  type ViteVersion,
} from '@paceline/testkit'
import type { Plugin } from 'vite'
import { describe, expect, test } from 'vitest'
import type { VitalsOptions } from './options.ts'
import { vitals } from './plugin.ts'

describePluginContract<VitalsOptions>({
  name: 'vitals',
  create: vitals,
  options: {
    consent: 'required',
    routes: ['/', '/notes/:id'],
    api: ['/api/notes/:id'],
    overlay: 'query',
    sampleRate: 0.5,
  },
  changesOutput: true,
})

interface Built {
  readonly report: BuildReport
  readonly html: string
  /** Code of the runtime. */
  readonly code: string
}

async function built(
  files: FixtureFiles,
  options: VitalsOptions = {},
  vite: ViteVersion = 8,
  base = '/',
  others: readonly Plugin[] = [],
): Promise<Built> {
  const root = await writeFixture(files)
  await runBuild({ vite, root, plugins: [vitals(options), buildGraph(), ...others], config: { base } })
  const report = JSON.parse(await readFile(join(root, '.paceline/report.json'), 'utf8')) as BuildReport
  const html = await readFile(join(root, 'dist/index.html'), 'utf8')
  return { report, html, code: await readFile(join(root, 'dist', report.vitals!.file), 'utf8') }
}

const routed = routedApp({ '/': './lazy.js', '/notes/:noteId': './about.js' })

describe.each(viteVersions)('on Vite %d', (vite) => {
  test('the page names the runtime with its hash, and the report says the same', async () => {
    const { report, html, code } = await built(routed, {}, vite)
    const { file, integrity, build, routes } = report.vitals!
    expect(integrity).toBe(`sha384-${createHash('sha384').update(code).digest('base64')}`)
    const tag = /<script[^>]*data-paceline[^>]*>/.exec(html)![0]
    for (const part of [
      `src="/${file}"`,
      `integrity="${integrity}"`,
      `data-paceline="${build}"`,
      'async',
      'fetchpriority="low"',
    ]) {
      expect(tag).toContain(part)
    }
    expect(routes).toEqual(['/', '/notes/:noteId'])
    // Nothing that a strict policy would refuse.
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/)
    expect(code).toMatch(/\/\^\\\/notes\\\/\[\^\/\]\+\\\/\?\$\//)
  })

  test('pages say another release when the app is another, and the same when it is not', async () => {
    const changed = { ...smallApp, 'src/greet.js': 'export const greet = (name) => `Hello, ${name}!`\n' }
    const builds = await Promise.all(
      [smallApp, smallApp, changed].map(async (app) => (await built(app, {}, vite)).report),
    )
    const [first, again, other] = builds.map((report) => report.vitals!.build)
    expect(again).toBe(first)
    expect(other).not.toBe(first)
    // The runtime is another file only when it is another program.
    expect(new Set(builds.map((report) => report.vitals!.file)).size).toBe(1)
  })

  test('a relative base makes the URL relative to the page', async () => {
    const { html, report } = await built(smallApp, {}, vite, './')
    expect(html).toContain(`src="./${report.vitals!.file}"`)
  })
})

test('what options turn off and the app does not use is not in the runtime', async () => {
  const { code: whole } = await built(smallApp)
  const { code: small } = await built(smallApp, { attribution: false, api: false, errors: false, bytes: false })
  expect(whole).toContain('long-animation-frame')
  expect(whole).toContain('initiatorType')
  for (const part of [
    'long-animation-frame',
    'initiatorType',
    'unhandledrejection',
    'transferSize',
    '.paceline$',
    'grant',
  ]) {
    expect(small).not.toContain(part)
  }
  expect((await built(smallApp, { consent: 'required' })).code).toContain('grant')
})

test('what the app imports decides what the runtime listens to', async () => {
  const using = (name: string): FixtureFiles => ({
    ...smallApp,
    'src/main.js': `${smallApp['src/main.js']}\nimport { ${name} } from 'virtual:paceline/vitals'\n${name}('x', () => 1)`,
  })
  const timed = await built(using('operation'))
  expect(timed.code).toContain('paceline$')
  expect(timed.code).not.toContain('subscribe')
  expect((await built(using('onViolation'))).code).toContain('subscribe')
})

const brotli = (code: string): number => brotliCompressSync(code).byteLength

test('the whole runtime is at most 5.5 kB in brotli, and 4.2 kB without attribution', async () => {
  const app: FixtureFiles = {
    ...routed,
    'src/main.js': `${routed['src/main.js']}\nimport { operation } from 'virtual:paceline/vitals'\noperation('x', () => 1)`,
  }
  // What the caches of a service worker did is part of it where there is one.
  const withWorker = (await built(app, {}, 8, '/', [{ name: 'paceline:service-worker' }])).code
  expect(withWorker).toContain('counted')
  const everything = brotli(withWorker)
  const withAttribution = brotli((await built(app, { errors: false, bytes: false })).code)
  const without = brotli((await built(app, { attribution: false, errors: false, bytes: false })).code)
  expect({ everything, withAttribution, without }).toSatisfy(
    (sizes: { everything: number; withAttribution: number; without: number }) =>
      sizes.everything <= 5500 && sizes.withAttribution <= 5500 && sizes.without <= 4200,
  )
})

test('while developing the page has the runtime, which sends nothing', async () => {
  const root = await writeFixture(smallApp)
  const { origin, log } = await startServer({ vite: 8, root, plugins: vitals() })
  const html = await (await fetch(`${origin}/`, { headers: { accept: 'text/html' } })).text()
  const src = /<script[^>]*\bsrc="([^"]*paceline[^"]*)"/.exec(html)![1]!
  const response = await fetch(origin + src)
  expect(response.headers.get('content-type')).toContain('javascript')
  expect(await response.text()).toContain('reportSoftNavs')
  expect(log.error).toEqual([])
})

test.each([
  [{ sampleRate: 0 }, 'must be more than 0'],
  [{ endpoint: 'collector' }, 'must begin with `/`'],
  [{ routes: ['notes'] }, 'must begin with `/`'],
  [{ sampelRate: 1 }, 'Did you mean `sampleRate`?'],
  [{ sla: { lcpp: 1 } }, 'Did you mean `lcp`?'],
])('%j is refused at once', (options, message) => {
  expect(() => vitals(options as VitalsOptions)).toThrow(message)
})
