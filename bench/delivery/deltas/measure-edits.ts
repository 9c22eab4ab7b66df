import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import type { BuildReport } from '@paceline/build-graph'
import { openArchive } from '@paceline/delivery'
import type { DeliveryManifest } from '../../../packages/delivery/src/manifest.ts'
import { sumOf, type Bytes } from './bytes.ts'
import { ONE_LINE_EDITS } from './one-line-edits.ts'
import { buildRelease } from './releases.ts'
import { keepRelease, siteIn, visitEdit, type VisitedEdit } from './visit-edit.ts'
import { wireBytes, type WireAnswer, type WireRequest } from './wire-bytes.ts'

/** What one edited line costs a browser that has the release before. */
export interface MeasuredEdit {
  /** The source that was edited. */
  readonly source: string
  /** Changed files with hashed names. */
  readonly files: number
  /** Bytes of their contents, and those of HTTP/2 for their answers, headers and frames included. */
  readonly brotli: Bytes
  readonly delta: Bytes
  /** What a real browser downloads of it. */
  readonly chromium: VisitedEdit
}

const BROTLI = 'gzip, deflate, br, zstd'
const DELTAS = `${BROTLI}, dcb, dcz`

/**
 * Builds the app once for each edit, on top of those before, and asks its server for what changed: once as a new visitor does, once as a returning one. Then
 * Chromium does the same.
 */
export async function measureEdits(app: string, state: string, browser: Browser): Promise<MeasuredEdit[]> {
  await buildRelease(app, state, 'edits-0')
  const measured: MeasuredEdit[] = []
  for (const [index, { file }] of ONE_LINE_EDITS.entries()) {
    const before = keepRelease(state)
    const report = await buildRelease(app, state, `edits-${index + 1}`)
    const changed = changesOf(report)
    const chromium = await visitEdit(browser, before, siteIn(state), report, changed)
    measured.push({ source: file, ...(await measureChanges(changed, state)), chromium })
  }
  return measured
}

type Changes = NonNullable<BuildReport['delivery']>['changes']

function changesOf({ delivery }: BuildReport): Changes {
  const changed = (delivery?.changes ?? []).filter(({ file }) => /\.(?:js|css)$/.test(file))
  if (changed.length === 0)
    throw new Error('The edit changed no file. Correct bench/delivery/deltas/one-line-edits.ts.')
  return changed
}

async function measureChanges(changed: Changes, state: string): Promise<Omit<MeasuredEdit, 'chromium' | 'source'>> {
  const [, before] = await openArchive(join(state, 'paceline/releases'), () => {}).list()
  const hashes = new Map(before!.files.map(({ file, sha256 }) => [file, sha256]))
  const site = siteIn(state)
  const { base } = JSON.parse(readFileSync(site.manifest, 'utf8')) as DeliveryManifest
  const request = (file: string, headers: WireRequest['headers']): WireRequest => ({ path: base + file, headers })
  const brotli = await wireBytes(
    site,
    changed.map(({ file }) => request(file, { 'accept-encoding': BROTLI })),
  )
  const delta = await wireBytes(
    site,
    changed.map(({ file, was }) => {
      const hash = Buffer.from(hashes.get(was)!, 'hex').toString('base64')
      return request(file, { 'accept-encoding': DELTAS, 'available-dictionary': `:${hash}:` })
    }),
  )
  return { files: changed.length, brotli: answered(brotli), delta: answered(delta) }
}

function answered(answers: readonly WireAnswer[]): Bytes {
  const failed = answers.find(({ status }) => status !== 200)
  if (failed) throw new Error(`A changed file was answered with ${failed.status}.`)
  return sumOf(answers)
}
