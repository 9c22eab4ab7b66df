import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { errorCodes } from '@paceline/kit'
import {
  describePluginContract,
  routedApp,
  runBuild,
  smallApp,
  viteVersions,
  writeFiles,
  writeFixture,
} from '@paceline/testkit'
import type { BuildLog, FixtureFiles } from '@paceline/testkit'
import type { Plugin } from 'vite'
import { getManifest } from 'workbox-build'
import { describe, expect, test } from 'vitest'
import { readFileList, type FileList } from '../shared/file-list.ts'
import type { PrecacheEntry } from '../shared/manifest.ts'
import type { ServiceWorkerOptions } from './options.ts'
import { serviceWorker, type ServiceWorkerApi } from './plugin.ts'

const worker = (root: string, file = 'dist/sw.js'): Promise<string> => readFile(join(root, file), 'utf8')

/** The list in a worker that is not minified. */
function filesIn(code: string): FileList {
  return readFileList(JSON.parse(/"?files"?: ("(?:[^"\\]|\\.)*")/.exec(code)![1]!) as string)
}

const manifestIn = (code: string): readonly PrecacheEntry[] => filesIn(code).precache

describePluginContract<ServiceWorkerOptions>({
  name: 'serviceWorker()',
  create: serviceWorker,
  options: { precache: { from: 'routes', include: ['robots.txt'] }, update: 'auto', push: true, backgroundSync: true },
  changesOutput: true,
  async verify({ outDir }) {
    const code = await readFile(join(outDir, 'sw.js'), 'utf8')
    expect(code).toContain('index.html')
    const [, runtime] = /^importScripts\("(?:https:\/\/cdn\.example\.com\/x\/)?([^"]+)"\)/.exec(code)!
    expect(code + (await readFile(join(outDir, runtime!), 'utf8'))).not.toMatch(
      /\beval\(|new Function\(|process\.env|https:\/\/storage\.googleapis|import\s*\(/,
    )
  },
})

interface Scripts {
  /** By the beginning of the name. */
  readonly code: Readonly<Record<string, string>>
  readonly log: BuildLog
}

const own = { strategy: 'injectManifest', source: 'src/sw.js' } as const
const WORKER = fileURLToPath(new URL('../worker/index.ts', import.meta.url))
const unminified = { build: { minify: false } } as const

describe.each(viteVersions)('serviceWorker() on Vite %d', (vite) => {
  const build = async (
    options?: ServiceWorkerOptions | true,
    more: Plugin[] = [],
  ): Promise<{ root: string; code: string; plugins: Plugin[] }> => {
    const root = await writeFixture(smallApp)
    const plugins = serviceWorker(options)
    await runBuild({ vite, root, plugins: [plugins, ...more], config: unminified })
    return { root, code: await worker(root), plugins }
  }

  test('stores the page and what it loads at once, and nothing else', async () => {
    const { root, code } = await build(true)
    const html = await readFile(join(root, 'dist/index.html'), 'utf8')
    const urls = manifestIn(code).map(({ url }) => url)
    const loaded = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, url]) => url!)
    const pageSide = expect.stringMatching(/^assets\/service-worker-.+\.js$/)
    expect(urls.toSorted()).toEqual([...loaded.toSorted(), pageSide, 'index.html'])
    expect(urls.join()).not.toMatch(/lazy|about/)
    expect(filesIn(code).later.map(({ url }) => url)).toContainEqual(expect.stringMatching(/^assets\/lazy-.+\.js$/))
  })

  test('stores files of any size', async () => {
    const root = await writeFixture({ ...smallApp, 'public/model.bin': new Uint8Array(3 * 1024 ** 2) })
    await runBuild({ vite, root, plugins: serviceWorker({ precache: 'all' }), config: unminified })
    expect(manifestIn(await worker(root))).toContainEqual(
      expect.objectContaining({ url: 'model.bin', bytes: 3 * 1024 ** 2 }),
    )
  })

  test('names pages beside the shell that are not stored, by what hosts call them', async () => {
    const page = (title: string): string => `<!doctype html><title>${title}</title>`
    const root = await writeFixture({
      ...smallApp,
      'public/terms.html': `\u{feff}${page('Terms')}`,
      'public/docs/index.html': page('Guide'),
      'public/offline.html': page('Offline'),
      'public/404.html': page('Not found'),
    })
    const documentsOf = async (options: ServiceWorkerOptions): Promise<string | undefined> => {
      await runBuild({ vite, root, plugins: serviceWorker(options), config: unminified })
      return /"?documents"?: "([^"]*)"/.exec(await worker(root))?.[1]
    }
    const begin = (title: string): string =>
      createHash('sha256').update(page(title)).digest().subarray(0, 8).toString('base64url').slice(0, 4)
    const expected = `docs:${begin('Guide')} terms:${begin('Terms')}`
    expect(await documentsOf({ offline: 'offline.html' })).toBe(expected)
    expect(await documentsOf({ shell: false })).toBeUndefined()
    // `/docs` is led to `/docs/` by the server, also where its page is stored.
    expect(await documentsOf({ precache: 'all' })).toBe(`docs:${begin('Guide')}`)
  })

  test('leaves pages of the app to the shell that something else has written', async () => {
    const prerender: Plugin = {
      name: 'prerender',
      async writeBundle({ dir }) {
        const html = await readFile(join(dir!, 'index.html'), 'utf8')
        await writeFiles(dir!, { 'about/index.html': html.replace('<body>', '<body><h1>About</h1>') })
      },
    }
    expect((await build(true, [prerender])).code).not.toContain('documents')
  })

  test('stores what routes load, by option', async () => {
    const { code } = await build({ precache: { from: 'shell', include: ['assets/lazy-*'], exclude: ['**/*.css'] } })
    const urls = manifestIn(code).map(({ url }) => url)
    expect(urls.some((url) => /lazy-.*\.js/.test(url))).toBe(true)
    expect(urls.join()).not.toContain('.css')
  })

  describe('of an app with a route table', () => {
    const routes = { '/': './lazy.js', '/about': './about.js', '/help': './help.js' }
    const files = {
      ...routedApp(routes),
      'src/help.js': "import './help.css'\nexport default () => 'help'\n",
      'src/help.css': '.help { top: 0 }',
    }
    const storedOf = async (precache: ServiceWorkerOptions['precache']): Promise<{ urls: string[]; log: BuildLog }> => {
      const root = await writeFixture(files)
      const { log } = await runBuild({ vite, root, plugins: serviceWorker({ precache }), config: unminified })
      return { urls: manifestIn(await worker(root)).map(({ url }) => url.replace(/-[\w-]{8}\./, '.')), log }
    }
    const visits = { '/help': 7, '/about': 0.5, '*': 0.1 }

    test('stores the routes that most visits begin on, and what they load', async () => {
      const { urls: shell } = await storedOf('shell')
      const { urls, log } = await storedOf({ routes: { mostVisited: 1, visits } })
      expect(urls.toSorted()).toEqual([...shell, 'assets/help.js', 'assets/help.css'].toSorted())
      expect(log.info).toContain('paceline service worker: most visits begin on /help')
      const { urls: both } = await storedOf({ from: 'routes', routes: { mostVisited: 2, visits } })
      expect(both.toSorted()).toEqual([...urls, 'assets/about.js', 'assets/about.css'].toSorted())
    })

    test('stores the same by name, all without one, and says what visits name in vain', async () => {
      const { urls: named, log } = await storedOf({ routes: ['/help'] })
      const { urls: visited, log: old } = await storedOf({
        routes: { mostVisited: 1, visits: { ...visits, '/old': 9 } },
      })
      // By their whole names, the hash with them, they may lie in another order.
      expect(visited.toSorted()).toEqual(named.toSorted())
      expect([log.warn, old.warn]).toEqual([[], [expect.stringContaining('no route of this app: /old.')]])
      const { urls: all } = await storedOf('routes')
      expect(all.filter((url) => /lazy|about|help/.test(url))).toHaveLength(6)
    })
  })

  test('has the same files as the list of Workbox, with hashes that a second program finds too', async () => {
    const { root, code } = await build({ precache: { from: 'all', include: ['robots.txt'] } })
    const manifest = manifestIn(code)
    const { manifestEntries } = await getManifest({
      globDirectory: join(root, 'dist'),
      globPatterns: ['**/*.{html,js,css,txt,svg,png}'],
      globIgnores: ['sw.js', '**/sw-runtime-*', 'robots.txt'],
    })
    expect(manifest.map(({ url }) => url).toSorted()).toEqual(manifestEntries.map(({ url }) => url).toSorted())
    for (const { url, digest, bytes } of manifest) {
      const content = await readFile(join(root, 'dist', url))
      expect(createHash('sha256').update(content).digest('base64url').slice(0, 10)).toBe(digest.slice(0, 10))
      expect(bytes).toBe(content.byteLength)
    }
    const revised = manifest.filter((entry) => !entry.isHashed).map(({ url }) => url)
    expect(revised).toEqual(['index.html'])
  })

  test('tells the report what weighs, biggest first', async () => {
    const { plugins, code } = await build({ precache: 'all' })
    const { api } = plugins.find(({ name }) => name === 'paceline:service-worker') as Plugin<ServiceWorkerApi>
    const { precache } = api!.reportSection('client').serviceWorker!
    const bytes = manifestIn(code).map((entry) => entry.bytes)
    expect(precache.files).toBe(bytes.length)
    expect(precache.bytes).toBe(bytes.reduce((sum, one) => sum + one, 0))
    expect(precache.entries.map((entry) => entry.bytes)).toEqual(bytes.toSorted((a, b) => b - a))
  })

  test('puts the list into a worker of the user', async () => {
    const root = await writeFixture({
      ...smallApp,
      'src/sw.ts': `import { greet } from './greet.js'\nconst list: { url: string }[] = self.__WB_MANIFEST\nself.addEventListener('install', () => greet(list.length))`,
    })
    await runBuild({ vite, root, plugins: serviceWorker({ strategy: 'injectManifest' }) })
    const code = await worker(root)
    expect(code).toContain('Grüße')
    expect(code).not.toContain('__WB_MANIFEST')
    expect(code).toMatch(/\{"url":"index\.html","revision":"[\da-f]{20}","integrity":"sha256-[^"]{44}"/)
  })

  test.each([
    ['', 1],
    [`import { watchUploads } from '${WORKER}'\nwatchUploads()\n`, 0],
  ])('warns of a worker of its own that does not tell of uploads, with auto', async (more, warnings) => {
    const root = await writeFixture({ ...smallApp, 'src/sw.js': `${more}self.list = self.__WB_MANIFEST` })
    const { log } = await runBuild({ vite, root, plugins: serviceWorker({ ...own, update: 'auto' }) })
    expect(log.warn.filter((line) => line.includes('watchUploads'))).toHaveLength(warnings)
    const { log: prompt } = await runBuild({ vite, root, plugins: serviceWorker(own) })
    expect(prompt.warn).toEqual([])
  })

  test('has what tells pages of changed answers only where an entry asks for it', async () => {
    const codeWith = async (options: object): Promise<string> => {
      const entry = { urlPattern: '/api/prices', handler: 'NetworkFirst', options } as const
      return (await build({ inlineRuntime: true, runtimeCaching: [entry] })).code
    }
    expect(await codeWith({})).not.toContain('CACHE_UPDATED')
    expect(await codeWith({ broadcastUpdate: { channelName: 'x' } })).toContain('CACHE_UPDATED')
  })

  test('takes handlers that are objects', async () => {
    const handler = { handle: async () => new Response('made by an object') }
    expect((await build({ runtimeCaching: [{ urlPattern: '/x', handler }] })).code).toContain('made by an object')
  })

  test('writes runtimeCaching of Workbox into the worker', async () => {
    const { code } = await build({
      runtimeCaching: [
        {
          urlPattern: /^https:\/\/fonts\.example\.com\//,
          handler: 'CacheFirst',
          options: { cacheName: 'fonts', expiration: { maxEntries: 4 } },
        },
        {
          urlPattern: ({ url }) => url.pathname === '/feed',
          handler: 'NetworkFirst',
          options: {
            plugins: [
              {
                async cacheWillUpdate({ response }: { response: Response }) {
                  return response.ok ? response : null
                },
              },
            ],
          },
        },
      ],
    })
    expect(code).toMatch(/\/\^https:\\\/\\\/fonts\\\.example\\\.com\\\/\//)
    expect(code).toContain('=== "/feed"')
    expect(code).toMatch(/async cacheWillUpdate\(/)
  })

  test('gives every page the registration, and none when the app does it', async () => {
    const registers = async (options: ServiceWorkerOptions): Promise<boolean> => {
      const { root } = await build(options)
      const files = (await readdir(join(root, 'dist/assets'))).filter((file) => file.endsWith('.js'))
      const code = await Promise.all(files.map((file) => readFile(join(root, 'dist/assets', file), 'utf8')))
      return code.some((text) => text.includes('serviceWorker.register('))
    }
    expect(await registers({})).toBe(true)
    expect(await registers({ register: false })).toBe(false)
    expect(await registers({ selfDestroying: true })).toBe(false)
  })

  const scriptsOf = async (files: FixtureFiles): Promise<Scripts> => {
    const root = await writeFixture(files)
    const { log } = await runBuild({ vite, root, plugins: serviceWorker() })
    const names = (await readdir(join(root, 'dist/assets'))).filter((name) => /^(?:index|service-worker)-/.test(name))
    const code = await Promise.all(names.map((name) => readFile(join(root, 'dist/assets', name), 'utf8')))
    return { code: Object.fromEntries(names.map((name, at) => [name.split('-', 1)[0]!, code[at]!])), log }
  }
  const page = '<!doctype html><body><script type="module" src="/src/main.js"></script></body>'

  test('loads the page side late, past the wrapper of Vite, which would tell the app of its failures', async () => {
    const { code } = await scriptsOf({ 'index.html': page, 'src/main.js': 'document.title = 1' })
    expect(Object.keys(code)).toEqual(['index', 'service'])
    expect(code['service']).toContain('serviceWorker.register(')
    expect(code['index']).toMatch(/import\([`"']\.\/service-worker-/)
    // That of recovery listens to the event; the wrapper makes one.
    expect(code['index']).not.toMatch(/serviceWorker\.register\(|new Event\(/)
    expect(code['index']!.length).toBeLessThan(2000)
  })

  test('says nothing about an app that has the page side at once', async () => {
    const main = "import { cacheStats } from 'virtual:paceline/service-worker'\nglobalThis.stats = cacheStats"
    const { code, log } = await scriptsOf({ 'index.html': page, 'src/main.js': main })
    expect(Object.keys(code)).toEqual(['index'])
    expect(code['index']).toContain('serviceWorker.register(')
    expect(log.warn).toEqual([])
  })

  test('changes only the small one of its two scripts when the app changes', async () => {
    const root = await writeFixture(smallApp)
    await runBuild({ vite, root, plugins: serviceWorker() })
    const before = await readdir(join(root, 'dist/assets'))
    const code = await worker(root)
    await writeFiles(root, { 'src/greet.js': 'export const greet = (name) => `Hello, ${name}!`\n' })
    await runBuild({ vite, root, plugins: serviceWorker() })
    const runtimes = [before, await readdir(join(root, 'dist/assets'))].map((files) =>
      files.filter((file) => file.startsWith('sw-runtime-')),
    )
    expect(runtimes[0]).toHaveLength(1)
    expect(runtimes[1]).toEqual(runtimes[0])
    expect(await worker(root)).not.toBe(code)
    expect(code.length).toBeLessThan(3000)
  })

  test('says which of its names change with their contents', async () => {
    const { plugins, root } = await build({ precache: 'all' })
    const { api } = plugins.find(({ name }) => name === 'paceline:service-worker') as Plugin<ServiceWorkerApi>
    const file = (await readdir(join(root, 'dist/assets'))).find((name) => name.startsWith('sw-runtime-'))
    expect([...api!.hashedNames('client')]).toEqual([
      [`assets/${file}`, { prefix: 'assets/sw-runtime-', suffix: '.js' }],
    ])
  })

  test.each<ServiceWorkerOptions>([{ inlineRuntime: true }, { type: 'module' }])(
    'is one script with %o',
    async (options) => {
      const { root, code } = await build(options)
      expect(code).not.toContain('importScripts')
      expect((await readdir(join(root, 'dist/assets'))).filter((file) => file.startsWith('sw-'))).toEqual([])
    },
  )

  test('leaves nothing but the way out when it destroys itself', async () => {
    const { code } = await build({ selfDestroying: true })
    expect(code).toContain('unregister()')
    expect(code).not.toContain('index.html')
  })

  const failing = async (options: ServiceWorkerOptions, more: Plugin[] = []): Promise<string[]> => {
    const root = await writeFixture({ ...smallApp, 'src/empty-sw.js': 'self.x = 1' })
    const failed = runBuild({ vite, root, plugins: [serviceWorker(options), ...more], config: { logLevel: 'silent' } })
    return failed.then(
      () => [],
      (error: unknown) => errorCodes(error),
    )
  }

  test.each<[string, ServiceWorkerOptions]>([
    ['PACELINE_SW_SOURCE_MISSING', { strategy: 'injectManifest' }],
    ['PACELINE_SW_NO_MANIFEST', { strategy: 'injectManifest', source: 'src/empty-sw.js' }],
    ['PACELINE_SW_FILE_MISSING', { offline: 'offline.html' }],
    ['PACELINE_SW_ROUTE_UNKNOWN', { precache: { from: 'routes', routes: ['/nowhere'] } }],
    ['PACELINE_SW_VISITS_UNKNOWN', { precache: { routes: { mostVisited: 1, visits: { '/nowhere': 1 } } } }],
    [
      'PACELINE_SW_FILE_MISSING',
      {
        runtimeCaching: [
          { urlPattern: '/x', handler: 'NetworkOnly', options: { precacheFallback: { fallbackURL: '/nowhere.html' } } },
        ],
      },
    ],
    [
      'PACELINE_SW_NOT_TEXT',
      { runtimeCaching: [{ urlPattern: '/x', handler: 'CacheFirst', options: { plugins: [new Map()] } }] },
    ],
  ])('fails with %s', async (code, options) => {
    expect(await failing(options)).toContain(code)
  })

  test('fails beside another plugin that makes a service worker', async () => {
    expect(await failing({}, [{ name: 'vite-plugin-pwa:build' }])).toContain('PACELINE_SW_TWICE')
  })
})

test.each([
  [{ precach: 'all' }, /`serviceWorker\.precach` is not an option. Did you mean `precache`\?/],
  [{ precache: 'everything' }, /serviceWorker\.precache/],
  [{ filename: '../sw.js' }, /serviceWorker\.filename/],
  [{ concurrency: 0 }, /serviceWorker\.concurrency/],
  [{ precache: { from: 'shell', routes: ['/'] } }, /`serviceWorker\.precache` names `routes`, which count only with/],
  [{ precache: { routes: { mostVisited: 0, visits: {} } } }, /`serviceWorker\.precache\.routes\.mostVisited` must be/],
  [{ precache: { routes: { mostVisited: 1, visits: { '/': -1 } } } }, /routes\.visits\.\/` must not be less than 0/],
  [{ precache: { form: 'routes' } }, /`serviceWorker\.precache\.form` is not an option. Did you mean `from`\?/],
  [{ precache: { routes: [1] } }, /`serviceWorker\.precache\.routes\.0` has the wrong kind of value; received 1/],
  [
    { strategies: { api: { maxEntry: 3 } } },
    /`serviceWorker\.strategies\.api\.maxEntry` is not an option. Did you mean/,
  ],
  [{ precache: { routes: { mostVisited: 1 } } }, /`serviceWorker\.precache\.routes\.visits` is missing/],
])('refuses %o', (options, message) => {
  expect(() => serviceWorker(options as unknown as ServiceWorkerOptions)).toThrow(message)
})
