import { execFile } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { serviceWorker, type ServiceWorkerOptions } from '@paceline/service-worker'
import { writeFiles, type FixtureFiles } from '@paceline/testkit'
import { build, type PluginOption } from 'vite'

const MODULES = join(dirname(fileURLToPath(import.meta.url)), '../../../node_modules')
const VITE = join(MODULES, 'vite/bin/vite.js')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
}

/** An app of two pages, one of them lazy, with a form. */
export function notesApp(release: string): FixtureFiles {
  return {
    'index.html':
      '<!doctype html><html lang="en"><head><title>Notes</title><link rel="icon" href="data:,"></head><body><main id="app"></main><script type="module" src="/src/main.js"></script></body></html>',
    'src/main.js': [
      "import './main.css'",
      "import * as worker from 'virtual:paceline/service-worker'",
      'globalThis.worker = worker',
      'globalThis.seen = []',
      "for (const name of ['ready', 'update', 'problem', 'missing', 'pending']) worker.onServiceWorker(name, (detail) => seen.push({ name, detail }))",
      "const app = document.querySelector('#app')",
      `const shell = '<h1>release ${release}</h1><nav><a href="/editor">editor</a></nav><section></section>'`,
      'async function show() {',
      '  app.innerHTML = shell',
      "  const section = app.querySelector('section')",
      "  if (location.pathname === '/editor') section.innerHTML = (await import('./editor.js')).page",
      "  else section.textContent = 'home'",
      '}',
      "addEventListener('click', (event) => {",
      "  const link = event.target.closest('a')",
      '  if (!link) return',
      '  event.preventDefault()',
      "  history.pushState(null, '', link.href)",
      '  void show().catch(() => {})',
      '})',
      'void show().catch(() => {})',
    ].join('\n'),
    'src/main.css': 'body { font-family: sans-serif }\n',
    'src/editor.js': `export const page = '<form><label>Text <input name="text"></label></form><p>editor of ${release}</p>'\n`,
  }
}

/** What a server, or somebody in between, does instead of answering with the file. The body is empty where there is none. */
export type Fault = (request: IncomingMessage, response: ServerResponse, body: Buffer) => boolean

/** A site that releases of an app are deployed to, as a server without an archive would: what is not in the newest release is gone. */
export class TestSite {
  readonly requests: string[] = []
  readonly posts: { readonly key: string | undefined; readonly body: string }[] = []
  fault: Fault | undefined
  readonly #root: string
  readonly #dist: string
  readonly #server = createServer((request, response) => void this.#answer(request, response))

  private constructor(root: string) {
    this.#root = root
    this.#dist = join(root, 'served')
  }

  static async start(): Promise<TestSite> {
    const site = new TestSite(await mkdtemp(join(tmpdir(), 'paceline-sw-')))
    await new Promise<void>((resolve) => site.#server.listen(0, '127.0.0.1', resolve))
    return site
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async deploy(
    files: FixtureFiles,
    options: ServiceWorkerOptions = {},
    base = '/',
    more: PluginOption = [],
  ): Promise<void> {
    const app = await mkdtemp(join(this.#root, 'app-'))
    await writeFiles(app, files)
    await build({ root: app, base, configFile: false, logLevel: 'silent', plugins: [more, serviceWorker(options)] })
    await this.#publish(app, base)
  }

  /** As `deploy`, with the package as it is published: which of its modules lie in one file is another matter there. */
  async deployPublished(files: FixtureFiles, options: ServiceWorkerOptions = {}): Promise<void> {
    const app = await mkdtemp(join(this.#root, 'app-'))
    const config = `import { serviceWorker } from '@paceline/service-worker'\nexport default { plugins: serviceWorker(${JSON.stringify(options)}) }`
    await writeFiles(app, { ...files, 'vite.config.mjs': config })
    await symlink(MODULES, join(app, 'node_modules'))
    await promisify(execFile)(process.execPath, [VITE, 'build', '--logLevel', 'warn'], { cwd: app })
    await this.#publish(app, '/')
  }

  async #publish(app: string, base: string): Promise<void> {
    await rm(this.#dist, { recursive: true, force: true })
    await cp(join(app, 'dist'), join(this.#dist, base), { recursive: true })
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    await rm(this.#root, { recursive: true, force: true })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    this.requests.push(pathname)
    const isApi = pathname.startsWith('/api/')
    const { file, body } = isApi ? { file: pathname, body: undefined } : await this.#find(pathname)
    if (this.fault?.(request, response, body ?? Buffer.alloc(0))) return
    if (isApi) return this.#answerApi(request, response)
    if (!body) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('not here')
    const isHashed = pathname.startsWith('/assets/')
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
    response.end(body)
  }

  /** A file, or by its clean URL a page; else the app has to know what it is. */
  async #find(pathname: string): Promise<{ readonly file: string; readonly body: Buffer | undefined }> {
    const pages = pathname.endsWith('/') ? [`${pathname}index.html`] : [`${pathname}.html`]
    const candidates = extname(pathname) === '' ? [...pages, 'index.html'] : [pathname]
    for (const file of candidates) {
      const body = await readFile(join(this.#dist, file)).catch(() => undefined)
      if (body) return { file, body }
    }
    return { file: pathname, body: undefined }
  }

  async #answerApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return void response.writeHead(200, { 'content-type': 'application/json' }).end('[1]')
    const body = Buffer.concat(await request.toArray()).toString()
    this.posts.push({ key: request.headers['idempotency-key'] as string | undefined, body })
    response.writeHead(201, { 'content-type': 'application/json' }).end('{}')
  }
}
