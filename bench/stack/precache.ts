import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildReport } from '@paceline/build-graph'
import type { Release } from './releases.ts'

/**
 * What the service worker of a release stores when it is installed, relative to the output directory.
 *
 * @returns nothing where there is no service worker
 * @throws {Error} When there is one and it stores nothing that can be read.
 */
export function readPrecache({ dist, reports, variant }: Release): readonly string[] | undefined {
  const worker = join(dist, 'sw.js')
  if (!existsSync(worker)) return undefined
  const files =
    variant === 'paceline' ? ofReport(join(reports, 'report.json')) : ofWorkbox(readFileSync(worker, 'utf8'))
  if (files.length === 0)
    throw new Error(`\`${worker}\` stores nothing that can be read. Look at how it is written now.`)
  return files
}

function ofReport(file: string): string[] {
  const { serviceWorker }: BuildReport = JSON.parse(readFileSync(file, 'utf8'))
  return (serviceWorker?.precache.entries ?? []).map((entry) => entry.file)
}

/** `precacheAndRoute([{url:"index.html",revision:"…"}, …])`, minified: each file once, since plugins add some a second time. */
export function ofWorkbox(code: string): string[] {
  const found = code.matchAll(
    /\{\s*"?url"?:\s*"([^"]+)",\s*"?revision"?:|"?revision"?:\s*(?:null|"[^"]*"),\s*"?url"?:\s*"([^"]+)"/g,
  )
  return [...new Set([...found].map(([, first, second]) => decodeURIComponent(first ?? second ?? '')))]
}
