import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Usage } from '../lib/usage.ts'

/** What a very large output takes. */
export interface LargeFigures {
  readonly count: number
  readonly bytes: number
  /** The build that copies the files. */
  readonly bare: Usage
  /** The build that compresses them with an empty cache. */
  readonly compressed: Usage
}

/** So many copies of the usual files make 200 MB. */
const BYTES = 200e6

/** Copies of files until there are 200 MB, each a little different, so that no result serves twice. */
export function makeLargeDist(dist: string, folder: string): Pick<LargeFigures, 'count' | 'bytes'> {
  const entries = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const files = entries.map((entry) => join(entry.parentPath, entry.name))
  let [count, bytes] = [0, 0]
  for (let copy = 0; bytes < BYTES; copy++) {
    for (const file of files) {
      const target = join(folder, String(copy), relative(dist, file))
      const content = Buffer.concat([Buffer.from(`/* ${copy} */`), readFileSync(file)])
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, content)
      count++
      bytes += content.byteLength
    }
  }
  return { count, bytes }
}

export async function measureLarge(
  dist: string,
  folder: string,
  run: (variant: 'bare' | 'large', dist: string) => Promise<Usage>,
): Promise<LargeFigures> {
  const large = join(folder, 'large-files')
  const made = makeLargeDist(dist, large)
  return { ...made, bare: await run('bare', large), compressed: await run('large', large) }
}
