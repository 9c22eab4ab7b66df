import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomic } from '@paceline/kit'
import { graphError } from '../errors.ts'
import type { BuildReport } from '../report.ts'

/** `report.json` for the environment everybody has, `report.<name>.json` for further client environments. */
export function reportFile(dir: string, environment: string): string {
  return join(dir, environment === 'client' ? 'report.json' : `report.${environment}.json`)
}

/**
 * Makes the folder for reports and keeps it out of version control, but for a baseline. Not only tidy: Tailwind scans
 * every file that is not ignored for class names, and would find some in a report.
 */
export async function prepareReportDir(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, '.gitignore'), '*\n!baseline.json\n', { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  })
}

/** Writes a report: one line per list entry, so that it is small, and readable with line-based tools. */
export async function writeReport(file: string, report: BuildReport): Promise<void> {
  await writeAtomic(file, serializeReport(report))
}

function serializeReport(report: BuildReport): string {
  const fields = Object.entries(report).map(([key, value]) => {
    if (!Array.isArray(value) || value.length === 0) return `${JSON.stringify(key)}: ${JSON.stringify(value)}`
    return `${JSON.stringify(key)}: [\n${value.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}

/**
 * Reads a report back.
 *
 * @throws `PACELINE_REPORT_UNREADABLE` when it is missing, is not JSON, or has another schema version
 */
export async function readReport(file: string): Promise<BuildReport> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw graphError('PACELINE_REPORT_UNREADABLE', [file, 'there is no such file'], { cause })
  })
  return parseReport(text, file)
}

/** @throws `PACELINE_REPORT_UNREADABLE` */
export function parseReport(text: string, file: string): BuildReport {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw graphError('PACELINE_REPORT_UNREADABLE', [file, 'it is not JSON'], { cause })
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (version !== 1) {
    throw graphError('PACELINE_REPORT_UNREADABLE', [
      file,
      `its schemaVersion is ${String(version)}, this version reads 1`,
    ])
  }
  const lists = ['files', 'chunks', 'routes', 'packages', 'budgets', 'rules', 'modules'] as const
  const missing = lists.filter((list) => !Array.isArray((value as Record<string, unknown>)[list]))
  if (missing.length > 0) throw graphError('PACELINE_REPORT_UNREADABLE', [file, `it lacks ${missing.join(', ')}`])
  return value as BuildReport
}
