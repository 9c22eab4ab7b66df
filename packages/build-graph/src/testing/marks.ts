import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { BuildReport } from '../report.ts'

/** A text that occurs in one module only and survives every minifier: letters and digits, no two the same. */
export function mark(module: string, length: number): string {
  let text = 'MARK'
  for (let index = 0; text.length < length; index++) {
    text += createHash('sha256').update(`${module}${index}`).digest('base64').replaceAll(/\W/g, '')
  }
  return text.slice(0, length)
}

/** A script that holds a mark of some length, beside the given statements. */
export function marked(module: string, length: number, before = '', after = ''): string {
  return `${before}\nconsole.log(${JSON.stringify(mark(module, length))})\n${after}\n`
}

/**
 * Holds a report to the emitted files: whichever file holds the mark of a module is a chunk of the report, and charges the
 * module with the mark and little more.
 *
 * @param marks module → length of its mark
 * @param slack what a module may have besides its marks
 */
export async function expectCharged(
  report: BuildReport,
  outDir: string,
  marks: Readonly<Record<string, number>>,
  slack = 160,
): Promise<void> {
  const wrong: string[] = []
  const seen = new Set<string>()
  for (const { file } of report.files.filter(({ file: name }) => /\.(?:[cm]?js|css)$/.test(name))) {
    const text = await readFile(join(outDir, file), 'utf8')
    const modules = report.chunks.find((chunk) => chunk.file === file)?.modules ?? []
    for (const [module, length] of Object.entries(marks)) {
      const times = text.split(mark(module, length)).length - 1
      if (times === 0) continue
      seen.add(module)
      const raw = modules.filter(({ id }) => id === module).reduce((sum, share) => sum + share.raw, 0)
      if (raw >= times * length && raw <= times * length + slack) continue
      wrong.push(`${file}: ${module} has ${raw} of ${times * length} bytes; ${JSON.stringify(modules)}`)
    }
  }
  expect(wrong).toEqual([])
  expect([...seen].sort()).toEqual(Object.keys(marks).sort())
}

/** Every chunk's modules add up to its file, in every measure. */
export function expectSums(report: BuildReport): void {
  for (const { file, modules } of report.chunks) {
    const entry = report.files.find((candidate) => candidate.file === file)
    for (const measure of ['raw', 'gzip', 'brotli'] as const) {
      const sum = modules.reduce((total, module) => total + module[measure], 0)
      expect(`${file} ${measure} ${sum}`).toBe(`${file} ${measure} ${entry?.[measure]}`)
    }
  }
}
