import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import type { BuildReport } from '@paceline/build-graph'
import { sumOf, type Bytes } from './bytes.ts'
import { visitInTurn, type Arrival, type Arrivals, type BuiltSite } from './visit-release.ts'

/** What Chromium downloads of one edit, from `paceline serve` over HTTP/1.1. */
export interface VisitedEdit {
  /** Address that was visited. */
  readonly path: string
  /** The page itself, in brotli: it names the files of its release, so every deploy changes it. */
  readonly page: Bytes
  /** The changed files, with nothing in the cache. */
  readonly brotli: Bytes
  /** The same, after a visit of the release before. */
  readonly delta: Bytes
}

/** A file and the one that it took the place of. */
interface Change {
  readonly file: string
  readonly was: string
}

/** Where a release of the app was built to. */
export function siteIn(state: string): BuiltSite {
  return { dir: join(state, 'dist'), manifest: join(state, 'paceline/delivery/manifest.json') }
}

/** Puts what is built aside, where the next build does not replace it. */
export function keepRelease(state: string): BuiltSite {
  const [from, kept] = [siteIn(state), siteIn(join(state, 'before'))]
  rmSync(kept.dir, { recursive: true, force: true })
  cpSync(from.dir, kept.dir, { recursive: true })
  cpSync(from.manifest, kept.manifest)
  return kept
}

/**
 * Opens a page that loads what an edit changed: with an empty cache, and after a visit of the release before.
 *
 * @throws {Error} When no page loads all of it, and when Chromium gets it in another encoding.
 */
export async function visitEdit(
  browser: Browser,
  before: BuiltSite,
  after: BuiltSite,
  { routes }: BuildReport,
  changed: readonly Change[],
): Promise<VisitedEdit> {
  const files = changed.map(({ file }) => file)
  const route = routes.find(({ firstLoad, navigation }) => {
    const loaded = new Set([...firstLoad.files, ...navigation.files])
    return files.every((file) => loaded.has(file))
  })
  if (route?.path === undefined) throw new Error(`No page loads ${files.join(', ')}. Correct the one-line edits.`)
  // What is shown does not matter: any note will do.
  const path = route.path.replaceAll(/:\w+/g, '1')
  const now = { ...after, files }
  const first = await visitInTurn(browser, [now], path)
  const again = await visitInTurn(browser, [{ ...before, files: changed.map(({ was }) => was) }, now], path)
  return {
    path,
    page: sumOf([arrival(again, '', ['br'])]),
    brotli: sumOf(files.map((file) => arrival(first, file, ['br']))),
    delta: sumOf(files.map((file) => arrival(again, file, ['dcb', 'dcz']))),
  }
}

function arrival(arrivals: Arrivals, file: string, encodings: readonly string[]): Arrival {
  const found = arrivals.get(file)
  if (!found || !encodings.includes(found.encoding)) {
    throw new Error(`Chromium got \`${file}\` as ${found?.encoding ?? 'nothing'}, not as ${encodings.join(' or ')}.`)
  }
  return found
}
