import type { DeliveryManifest } from '../../manifest.ts'
import type { ResolvedTargetOptions } from '../target-options.ts'
import type { TargetFile } from '../target.ts'
import { headersFile, redirectsFile } from './host-files.ts'

/** What is sent with a 404 when the app has no page for it: a rule has to name a file. */
const MISSING = 'paceline-404.txt'

/** Netlify: `_headers` and `_redirects` in the output. It encodes by itself; deltas and formats need a server. */
export function netlify(manifest: DeliveryManifest, { existing }: ResolvedTargetOptions): TargetFile[] {
  const file = (name: string, content: string): TargetFile => ({
    target: 'netlify',
    file: name,
    content,
    where: 'output',
  })
  return [
    file('_headers', headersFile(manifest, existing.get('_headers') ?? '')),
    file('_redirects', redirectsFile(manifest, existing.get('_redirects') ?? '', manifest.notFound ?? MISSING)),
    ...(manifest.notFound === undefined ? [file(MISSING, 'Not found.\n')] : []),
  ]
}
