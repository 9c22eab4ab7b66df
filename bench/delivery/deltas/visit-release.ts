import type { Browser, BrowserContext } from '@playwright/test'
import { startServer } from '@paceline/delivery/server'

/** A build as it lies on the disk. */
export interface BuiltSite {
  /** The output directory, absolute. */
  readonly dir: string
  /** Its delivery manifest, absolute. */
  readonly manifest: string
}

export interface ReleaseVisit extends BuiltSite {
  /** Files that the page loads for sure: it is left when they are there. */
  readonly files: readonly string[]
}

/** What came over the network for one file, as Chromium counts it. */
export interface Arrival {
  readonly encoding: string
  /** Bytes of the content as it was sent. */
  readonly body: number
  /** The same with the headers of the answer: `encodedDataLength` of `Network.loadingFinished`. */
  readonly wire: number
}

/** What a page downloaded by then, by the names of files, the page itself under ''. What comes out of a cache is not among it. */
export type Arrivals = ReadonlyMap<string, Arrival>

const PATIENCE_MS = 30_000
const LOOK_MS = 50

/**
 * Visits a page of one release after the other at the same address, as somebody does who comes back after a deploy; service workers are left out.
 *
 * @returns what the last visit downloaded
 */
export async function visitInTurn(browser: Browser, visits: readonly ReleaseVisit[], path: string): Promise<Arrivals> {
  // With nothing in its cache.
  const context = await browser.newContext({ serviceWorkers: 'block' })
  try {
    let port = 0
    let arrivals: Arrivals = new Map()
    for (const { dir, manifest, files } of visits) {
      const server = await startServer(manifest, { dir, host: '127.0.0.1', port })
      port = server.port
      try {
        arrivals = await visit(context, `http://127.0.0.1:${port}`, path, files)
      } finally {
        await server.close()
      }
    }
    return arrivals
  } finally {
    await context.close()
  }
}

async function visit(
  context: BrowserContext,
  origin: string,
  path: string,
  files: readonly string[],
): Promise<Arrivals> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  const answers = new Map<string, { name: string; encoding: string; headers: number }>()
  const seen = new Set<string>()
  const arrivals = new Map<string, Arrival>()
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const { pathname } = new URL(response.url)
    const encoding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1]
    const name = pathname === path ? '' : pathname.slice(1)
    answers.set(requestId, { name, encoding: encoding ?? 'identity', headers: response.encodedDataLength })
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength: wire }) => {
    const answer = answers.get(requestId)
    if (!answer) return
    const { name, encoding, headers } = answer
    seen.add(name)
    // Nothing: it came out of a cache.
    if (wire > 0) arrivals.set(name, { encoding, body: wire - headers, wire })
  })
  await session.send('Network.enable')
  await page.goto(origin + path)
  const deadline = Date.now() + PATIENCE_MS
  while (files.some((file) => !seen.has(file))) {
    if (Date.now() > deadline) throw new Error(`\`${path}\` does not load ${files.join(', ')}.`)
    await page.waitForTimeout(LOOK_MS)
  }
  await page.close()
  return arrivals
}
