import { createHash } from 'node:crypto'
import type { Rollup } from 'vite'

/** 12 hex digits over the names and contents of what was bundled, without source maps: what pages say as their release. */
export function bundleHash(bundle: Rollup.OutputBundle): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(bundle).sort()) {
    const output = bundle[name]!
    if (name.endsWith('.map')) continue
    hash.update(`${name}\0`).update(output.type === 'chunk' ? output.code : output.source)
  }
  return hash.digest('hex').slice(0, 12)
}
