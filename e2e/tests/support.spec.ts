import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { downloadedFiles } from '../support/downloaded-files.ts'
import { expect, test } from '../support/test.ts'

/** A site with one file of each way in: the HTML, a preload, a static import, CSS and its image, a late `import()`. */
const site: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': [
    'text/html',
    `<!doctype html><link rel="icon" href="data:,"><link rel="modulepreload" href="/assets/preloaded.js">
     <link rel="stylesheet" href="/assets/style.css"><script type="module" src="/assets/entry.js"></script><p>site</p>`,
  ],
  '/assets/entry.js': [
    'text/javascript',
    `import './static.js'; import './preloaded.js'
     setTimeout(() => import('./late%20page.js'), 300)
     navigator.serviceWorker?.register('/sw.js').catch(() => {})`,
  ],
  '/assets/static.js': ['text/javascript', 'export {}'],
  '/assets/preloaded.js': ['text/javascript', 'export {}'],
  '/assets/late page.js': ['text/javascript', `fetch('/api/items?page=1'); export {}`],
  '/assets/style.css': ['text/css', `p { background: url('./dot.svg') }`],
  '/assets/dot.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'],
  '/api/items': ['application/json', '[]'],
  '/sw.js': ['text/javascript', `self.addEventListener('install', () => fetch('/from-worker'))`],
  '/broken': [
    'text/html',
    `<!doctype html><link rel="icon" href="data:,"><script>throw new Error('on purpose')</script>`,
  ],
  '/grumbling': [
    'text/html',
    `<!doctype html><link rel="icon" href="data:,"><script>console.error('on purpose')</script>`,
  ],
}

let server: Server
let origin: string

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const page = site[decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)]
    if (page === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': page[0], 'content-length': page[1].length }).end(page[1])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('lists every file of a cold visit once, by type, and no service worker', async ({ page }) => {
  const files = await downloadedFiles(page, `${origin}/`)
  const names = Object.fromEntries(Object.entries(files).map(([type, list]) => [type, list.map(({ file }) => file)]))
  expect(names).toEqual({
    document: [''],
    fetch: ['api/items'],
    image: ['assets/dot.svg'],
    script: ['assets/entry.js', 'assets/late page.js', 'assets/preloaded.js', 'assets/static.js'],
    stylesheet: ['assets/style.css'],
  })
  expect(files.stylesheet?.[0]).toMatchObject({ status: 200, bytes: site['/assets/style.css']?.[1].length })
})

test('lists the same files on the second visit: nothing is cached in between', async ({ page }) => {
  const first = await downloadedFiles(page, `${origin}/`)
  expect(await downloadedFiles(page, `${origin}/`)).toEqual(first)
})

test.describe('a page that misbehaves', () => {
  // These must fail: Playwright turns an unexpected pass into a failure.
  test.fail('is found out when it throws', async ({ page }) => {
    await page.goto(`${origin}/broken`)
  })
  test.fail('is found out when it writes an error to the console', async ({ page }) => {
    await page.goto(`${origin}/grumbling`)
  })
})

test.describe('a page that misbehaves as announced', () => {
  test.use({ expectedErrors: [/on purpose/] })
  test('passes', async ({ page }) => {
    await page.goto(`${origin}/grumbling`)
    await page.goto(`${origin}/broken`)
  })
})
