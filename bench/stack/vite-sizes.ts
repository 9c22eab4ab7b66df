import { stripVTControlCharacters } from 'node:util'
import type { Pair } from '../analysis/figures.ts'

/** `dist/assets/index-x.js   1,234.56 kB │ gzip: 345.67 kB`, the folder as deep as it may be. */
const LINE = /^\s*\S*?(assets\/\S+)\s+[\d,.]+ kB │ gzip:\s+([\d,.]+) kB/

/**
 * The gzip sizes of the list that Vite prints at the end of a build, in bytes: as printed, with two digits after the point. It has no brotli.
 *
 * @throws {Error} When there is no such list.
 */
export function readViteSizes(output: string): ReadonlyMap<string, Pair> {
  const rows = stripVTControlCharacters(output)
    .split('\n')
    .flatMap((line) => {
      const [, file, size] = LINE.exec(line) ?? []
      return file === undefined || size === undefined
        ? []
        : [[file, { gzip: Math.round(Number(size.replaceAll(',', '')) * 1000), brotli: Number.NaN }] as const]
    })
  if (rows.length === 0)
    throw new Error('Vite printed no sizes. Build with `reportCompressedSize` and `logLevel: info`.')
  return new Map(rows)
}
