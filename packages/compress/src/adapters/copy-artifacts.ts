import { cpSync, existsSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { compressError } from '../errors.ts'
import type { CopiedArtifact } from '../options.ts'

/**
 * Copies files into an output directory, where they are compressed like all others.
 *
 * @returns what was copied, relative to the directory, with `/`
 * @throws `PACELINE_COMPRESS_ARTIFACT_MISSING`
 */
export function copyArtifacts(artifacts: readonly CopiedArtifact[], outDir: string, root: string): string[] {
  return artifacts.map(({ src, replace }) => {
    const from = resolve(root, src)
    if (!existsSync(from)) throw compressError('PACELINE_COMPRESS_ARTIFACT_MISSING', [src])
    const name = basename(from)
    const to = replace ? resolve(outDir, replace(outDir, name)) : join(outDir, name)
    cpSync(from, to, { recursive: true })
    return relative(outDir, to).replaceAll(sep, '/')
  })
}
