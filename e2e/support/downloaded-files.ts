import type { BrowserContext, Page, Request } from '@playwright/test'

/** What Chromium says a request is for; `manifest` is the web app's, `other` has preloads of unknown kinds in it. */
export type ResourceType =
  | 'document'
  | 'script'
  | 'stylesheet'
  | 'image'
  | 'font'
  | 'media'
  | 'fetch'
  | 'xhr'
  | 'manifest'
  | 'other'

export interface DownloadedFile {
  /** Path below the site's origin, decoded, without the leading `/` and the query: `assets/index-Dx1.js`. */
  readonly file: string
  readonly type: ResourceType
  readonly status: number
  /** Body as it came over the wire, encoded and without headers. */
  readonly bytes: number
}

export interface DownloadOptions {
  /** No request under way for this long means that the page is loaded. */
  readonly idleMs?: number
  readonly timeoutMs?: number
}

/**
 * What a cold visit of `url` downloads from the site's own origin, each file once, sorted by name, grouped by type.
 * The visit has a browser context of its own: empty cache, no storage, no service worker. `page` only lends its browser.
 *
 * @throws {Error} When the network does not come to rest, or a request to the site fails.
 */
export async function downloadedFiles(
  page: Page,
  url: string,
  { idleMs = 750, timeoutMs = 30_000 }: DownloadOptions = {},
): Promise<Partial<Record<ResourceType, DownloadedFile[]>>> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('`page` has no browser of its own. Use a page of a launched browser.')
  const address = new URL(url, page.url() === 'about:blank' ? undefined : page.url())
  const context = await browser.newContext({ serviceWorkers: 'block' })
  try {
    const requests = await visit(context, address.href, { idleMs, timeoutMs })
    const own = requests.filter((request) => new URL(request.url()).origin === address.origin)
    const files = new Map<string, DownloadedFile>()
    for (const request of own) {
      const file = await describe(request)
      files.set(file.file, file)
    }
    const sorted = [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1))
    return Object.groupBy(sorted, (file) => file.type)
  } finally {
    await context.close()
  }
}

/** The finished requests of one visit, redirects included. */
async function visit(
  context: BrowserContext,
  url: string,
  { idleMs, timeoutMs }: Required<DownloadOptions>,
): Promise<Request[]> {
  const page = await context.newPage()
  const pending = new Set<Request>()
  const finished: Request[] = []
  const failed: Request[] = []
  let lastChange = Date.now()
  context.on('request', (request) => {
    pending.add(request)
    lastChange = Date.now()
  })
  const settle = (list: Request[]) => (request: Request) => {
    pending.delete(request)
    list.push(request)
    lastChange = Date.now()
  }
  context.on('requestfinished', settle(finished))
  context.on('requestfailed', settle(failed))
  await page.goto(url, { waitUntil: 'load', timeout: timeoutMs })
  const deadline = Date.now() + timeoutMs
  while (pending.size > 0 || Date.now() - lastChange < idleMs) {
    if (Date.now() > deadline) {
      throw new Error(`\`${url}\` does not come to rest; still under way: ${urls([...pending])}. Shut down what polls.`)
    }
    await page.waitForTimeout(50)
  }
  // What somebody else's server does not answer is not this site's fault.
  const own = failed.filter((request) => new URL(request.url()).origin === new URL(url).origin)
  if (own.length > 0) throw new Error(`\`${url}\` asks for what cannot be had; failed: ${urls(own)}.`)
  return finished
}

function urls(requests: readonly Request[]): string {
  return requests.map((request) => request.url()).join(', ')
}

async function describe(request: Request): Promise<DownloadedFile> {
  const [response, sizes] = await Promise.all([request.response(), request.sizes()])
  // Without a Content-Length the browser's own count has the framing of the chunked transfer in it.
  const length = response?.headers()['content-length']
  return {
    file: decodeURIComponent(new URL(request.url()).pathname.slice(1)),
    type: request.resourceType() as ResourceType,
    status: response?.status() ?? 0,
    bytes: length === undefined ? sizes.responseBodySize : Number(length),
  }
}
