import type { Artifacts, InputDigest } from '@paceline/artifact-cache'
import type { ImageSubject } from '../../errors.ts'
import { libraryVersions, svgoVersion } from '../library-versions.ts'
import type { ImageLimits } from '../source-image.ts'
import type { SvgImage } from './optimise-svg.ts'

/** Optimising takes milliseconds, comparing the drawings the rest. */
const COST_MS = 60
const MEMORY = 60_000_000

/**
 * `optimiseSvg` through the cache and the scheduler.
 *
 * @throws what that throws
 */
export async function makeSvg(
  artifacts: Artifacts,
  subject: ImageSubject,
  bytes: Uint8Array,
  input: InputDigest,
  limits: ImageLimits,
): Promise<SvgImage> {
  const made = await artifacts.make(
    {
      kind: 'svg',
      schema: 1,
      input,
      settings: { svgo: svgoVersion(), vips: libraryVersions()['vips'] ?? 'none', pixels: limits.pixels },
    },
    {
      label: `${subject.file} → shorter SVG`,
      cost: COST_MS,
      memory: MEMORY,
      work: async () => {
        const { optimiseSvg } = await import('./optimise-svg.ts')
        const { bytes: written, ...info } = await optimiseSvg(subject, bytes, limits)
        return { bytes: written, info }
      },
    },
  )
  return { ...(made.info as unknown as Omit<SvgImage, 'bytes'>), bytes: made.bytes }
}
