import { posix, relative } from 'node:path'
import type { Rollup } from 'vite'
import { assetStem, chunkStem } from './name-stem.ts'
import type { NameStem } from './release-record.ts'

type AssetFileNames = Rollup.NormalizedOutputOptions['assetFileNames']

/** An output as `writeBundle` gets it. */
export interface WrittenOutput {
  /** Where it was written, absolute. */
  readonly dir: string
  /** `build.outDir`, absolute. */
  readonly outDir: string
  readonly assetFileNames: AssetFileNames
}

/** The files of an output whose names change with their contents: relative to the output directory → stem. */
export function hashedNames(
  bundle: Rollup.OutputBundle,
  { dir, outDir, assetFileNames }: WrittenOutput,
): Map<string, NameStem> {
  const folder = relative(outDir, dir).replaceAll('\\', '/')
  const names = new Map<string, NameStem>()
  for (const output of Object.values(bundle)) {
    const stem =
      output.type === 'chunk'
        ? chunkStem(output.fileName, output.preliminaryFileName)
        : assetStem(output.fileName, patternOf(output, assetFileNames), output.names)
    if (!stem) continue
    const place = (name: string): string => (folder === '' ? name : `${folder}/${name}`)
    names.set(posix.normalize(place(output.fileName)), { prefix: place(stem.prefix), suffix: stem.suffix })
  }
  return names
}

function patternOf(asset: Rollup.OutputAsset, pattern: AssetFileNames): string {
  if (typeof pattern === 'string') return pattern
  try {
    return pattern(asset as Rollup.PreRenderedAsset)
  } catch {
    // A function that wants more than is known by now.
    return ''
  }
}
