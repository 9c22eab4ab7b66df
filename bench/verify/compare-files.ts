import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { listFiles, type BuildReport } from '@paceline/build-graph'

/** Files that Paceline changed: there must be none, but for the siblings it adds. */
export async function compareOutputs(bare: string, dist: string): Promise<string[]> {
  const expected = await listFiles(bare)
  const actual = (await listFiles(dist)).filter((file) => !/\.(?:br|gz|zst)$/.test(file))
  const names = new Set([...expected, ...actual])
  return [...names].flatMap((file) => {
    if (!expected.includes(file)) return [`${file} is only in the build with Paceline`]
    if (!actual.includes(file)) return [`${file} is only in the build without Paceline`]
    return readFileSync(join(bare, file)).equals(readFileSync(join(dist, file))) ? [] : [`${file} has other bytes`]
  })
}

/** Sizes against `brotli -q 11` and zlib at level 9, and the sums of the modules against the files. */
export function compareSizes(report: BuildReport, dist: string): string[] {
  const files = new Map(report.files.map((file) => [file.file, file]))
  const sizes = report.files.flatMap(({ file, raw, gzip, brotli }) => {
    const content = readFileSync(join(dist, file))
    const expected = `${content.byteLength}/${gzipSync(content, { level: 9 }).byteLength}/${brotliSize(content)}`
    const actual = `${raw}/${gzip}/${brotli}`
    return actual === expected ? [] : [`${file} has ${expected} bytes (raw/gzip/brotli), the report says ${actual}`]
  })
  const sums = report.chunks.flatMap(({ file, modules }) =>
    (['raw', 'gzip', 'brotli'] as const).flatMap((measure) => {
      const sum = modules.reduce((total, module) => total + module[measure], 0)
      const size = files.get(file)?.[measure]
      return sum === size ? [] : [`the modules of ${file} have ${sum} bytes in ${measure}, the file has ${size}`]
    }),
  )
  return [...sizes, ...sums]
}

/** From standard input, as a server would encode it: the command adjusts its window to a file it can ask for its size. */
function brotliSize(content: Buffer): number {
  const { stdout, error } = spawnSync('brotli', ['-q', '11', '-c'], { input: content, maxBuffer: 1 << 30 })
  if (error)
    throw new Error('`brotli` cannot be run; it is the other side of the comparison. Install it.', { cause: error })
  return stdout.byteLength
}
