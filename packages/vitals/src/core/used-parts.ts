import type { Rollup } from 'vite'
import type { UsedParts } from './runtime-source.ts'

/**
 * What the app uses of `virtual:paceline/vitals`: what is left of the module behind it after tree shaking.
 *
 * @param dir folder of the sources for the browser
 * @param hasOverlay it listens, too
 */
export function usedParts(bundle: Rollup.OutputBundle, dir: string, hasOverlay: boolean): UsedParts {
  const file = `${dir}/facade/page-vitals.ts`
  const left = new Set(
    Object.values(bundle).flatMap((output) =>
      output.type === 'chunk' ? (output.modules[file]?.renderedExports ?? []) : [],
    ),
  )
  return { operations: left.has('operation'), subscribe: hasOverlay || left.has('subscribe') }
}
