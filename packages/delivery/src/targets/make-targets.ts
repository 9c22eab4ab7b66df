import type { DeliveryManifest } from '../manifest.ts'
import { apache } from './apache/apache.ts'
import { caddy } from './caddy/caddy.ts'
import { cloudflare } from './cloudflare/cloudflare.ts'
import { nginx } from './nginx/nginx.ts'
import { netlify } from './static-hosts/netlify.ts'
import { vercel } from './static-hosts/vercel.ts'
import type { ResolvedTargetOptions } from './target-options.ts'
import type { Target, TargetFile, TargetName } from './target.ts'

const targets: Readonly<Record<TargetName, Target>> = { nginx, caddy, apache, netlify, vercel, cloudflare }

/**
 * Makes the files of several hosts. Those that two hosts read, `_headers`, are made once: both get the same text.
 *
 * @throws `PACELINE_DELIVERY_LIMIT`, `PACELINE_DELIVERY_CONFLICT`
 */
export function makeTargets(
  names: readonly TargetName[],
  manifest: DeliveryManifest,
  options: ResolvedTargetOptions,
): TargetFile[] {
  const files = new Map<string, TargetFile>()
  for (const name of names) {
    for (const file of targets[name](manifest, options)) {
      const place = file.where === 'output' ? file.file : `${name}/${file.file}`
      if (!files.has(place)) files.set(place, file)
    }
  }
  return [...files.values()]
}
