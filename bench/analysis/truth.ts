import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { byteLength, rangesBySource, without } from './cut-modules.ts'
import type { SourceMap } from './cut-modules.ts'
import { moduleKey } from './figures.ts'
import type { Pair } from './figures.ts'

/** Smaller modules are left out: a few bytes either way are no error worth a percentage. */
export const LEAST_BYTES = 1000

const gzipAsync = promisify(gzip)
const brotliAsync = promisify(brotliCompress)

/**
 * JavaScript files as they are served: gzip 9, brotli 11.
 *
 * @param outDir A tool's own build, since some of them change what is emitted (a comment that names the source map).
 */
export async function servedSizes(outDir: string): Promise<Map<string, Pair>> {
  const files = scripts(outDir).map(
    async (file) => [file, await compressed(readFileSync(join(outDir, file), 'utf8'))] as const,
  )
  return new Map(await Promise.all(files))
}

/**
 * For every module of at least {@link LEAST_BYTES} what its file loses when the module's text is cut out of it and the
 * rest is compressed again.
 *
 * @param outDir A build with source maps beside the chunks.
 */
export async function moduleSavings(outDir: string): Promise<Map<string, Pair>> {
  const modules = new Map<string, Pair>()
  for (const file of scripts(outDir)) {
    const path = join(outDir, file)
    // The bundler's own helpers come without a map: no module's text.
    if (!existsSync(`${path}.map`)) continue
    const code = readFileSync(path, 'utf8')
    const map: SourceMap = JSON.parse(readFileSync(`${path}.map`, 'utf8'))
    const large = [...rangesBySource(code, map)].filter(([, ranges]) => byteLength(code, ranges) >= LEAST_BYTES)
    if (large.length === 0) continue
    const whole = await compressed(code)
    const saved = large.map(async ([source, ranges]) => {
      const rest = await compressed(without(code, ranges))
      const saving = { gzip: whole.gzip - rest.gzip, brotli: whole.brotli - rest.brotli }
      modules.set(moduleKey(file, resolve(dirname(path), source)), saving)
    })
    await Promise.all(saved)
  }
  return modules
}

function scripts(outDir: string): string[] {
  return globSync('**/*.js', { cwd: outDir }).toSorted()
}

async function compressed(text: string): Promise<Pair> {
  const bytes = Buffer.from(text)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength }
  const [gzipped, brotlied] = await Promise.all([gzipAsync(bytes, { level: 9 }), brotliAsync(bytes, { params })])
  return { gzip: gzipped.byteLength, brotli: brotlied.byteLength }
}
