import { join } from 'node:path'
import type { DeliveryReport } from '@paceline/build-graph'
import { writeAtomic } from '@paceline/kit'
import type { Delivered } from './deliver.ts'
import { writeHosts, type HostsRequest } from './write-hosts.ts'

/** Where the manifest of an environment lies: `delivery/manifest.json`, `delivery/manifest.<name>.json` for further ones. */
export function manifestFile(reportDir: string, environment: string): string {
  return join(reportDir, 'delivery', environment === 'client' ? 'manifest.json' : `manifest.${environment}.json`)
}

export interface WriteRequest extends Pick<HostsRequest, 'outDir' | 'current' | 'options'> {
  /** `.paceline`, absolute. */
  readonly reportDir: string
  readonly environment: string
  readonly delivered: Delivered
}

/**
 * Writes all that servers are told of a delivered build: the manifest, the files of hosts, the purge list.
 *
 * @returns the section of the report, with what came into the output by this
 */
export async function writeDelivery(request: WriteRequest): Promise<DeliveryReport> {
  const { reportDir, environment, delivered, outDir, current, options } = request
  const { files, ...head } = delivered.manifest
  const lines = files.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')
  const text = `${JSON.stringify(head).slice(0, -1)},"files":[\n${lines}\n]}\n`
  await writeAtomic(manifestFile(reportDir, environment), text)
  const { manifest, before, section } = delivered
  // Hosts serve one site: that of the client.
  if (environment !== 'client') return section
  const deliveryDir = join(reportDir, 'delivery')
  const added = await writeHosts({ manifest, before, current, outDir, deliveryDir, options })
  return { ...section, besides: [...new Set([...section.besides, ...added])].sort() }
}
