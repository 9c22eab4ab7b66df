import type { Rollup } from 'vite'

/** Names of exports that depend on what is exported, not on how many exports there are: one more export changes no other chunk. */
export function stableOutput(output: Rollup.OutputOptions): Rollup.OutputOptions {
  return { ...output, minifyInternalExports: false }
}
