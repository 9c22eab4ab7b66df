import { chromium } from '@playwright/test'
import { readEnvironment } from '../../../e2e/support/environment.ts'
import { appApi } from './app-api.ts'
import { compareVisits } from './compare-visits.ts'
import type { PageComparison } from './compare-visits.ts'
import { serveHttp2 } from './serve-http2.ts'

/** Pages of two builds of one app, in Chromium. */
export interface BrowserResults {
  readonly app: string
  readonly chromium: string
  /** What was compared, `b` with `a`. */
  readonly strategies: readonly [a: string, b: string]
  readonly pages: readonly PageComparison[]
}

interface ComparedBuilds {
  readonly app: string
  /** Vite root, where a server of the app's own may be. */
  readonly root: string
  readonly paths: readonly string[]
  readonly strategies: readonly [a: string, b: string]
  /** Output folders. */
  readonly dists: readonly [a: string, b: string]
  readonly pairs: number
}

/** Fonts and counters of other hosts would be measured with the page. */
const NOBODY_ELSE = ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost']

/** Serves two builds over HTTP/2 and visits their pages in turn. */
export async function compareBuilds({
  app,
  root,
  paths,
  strategies,
  dists,
  pairs,
}: ComparedBuilds): Promise<BrowserResults> {
  const { chromium: executablePath, flags } = readEnvironment(process.env)
  const { api, close } = await appApi(root)
  const sites = await Promise.all([serveHttp2(dists[0], api), serveHttp2(dists[1], api)])
  const args = [...flags, ...NOBODY_ELSE]
  const browser = await chromium.launch({ args, ...(executablePath !== undefined && { executablePath }) })
  try {
    const pages: PageComparison[] = []
    for (const path of paths) pages.push(await compareVisits(browser, [sites[0].url, sites[1].url], path, pairs))
    return { app, chromium: browser.version(), strategies, pages }
  } finally {
    await browser.close()
    for (const site of sites) site.close()
    close()
  }
}
