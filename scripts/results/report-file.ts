import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/root.mjs'
import type { Counted } from './suite-result.ts'

const reports = join(root, '.cache/test-results')

/** Where a test runner is to write its report. A report of the last run must never be taken for this one's. */
export function emptyReport(name: string): string {
  mkdirSync(reports, { recursive: true })
  const file = join(reports, name)
  rmSync(file, { force: true })
  return file
}

/** Reads a report; undefined when there is none. */
export function readReportFile(file: string, parse: (json: string) => Counted | undefined): Counted | undefined {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
