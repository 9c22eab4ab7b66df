import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomic } from '@paceline/kit'
import type { ReleaseRecord } from './archive/release-record.ts'
import type { DeliveryManifest } from './manifest.ts'
import { purgeForms } from './purge/purge-forms.ts'
import { purgePaths } from './purge/purge-list.ts'
import type { ResolvedDeliveryOptions } from './resolve-options.ts'
import { resolveTargetOptions } from './targets/target-options.ts'

export interface HostsRequest {
  readonly manifest: DeliveryManifest
  /** Release whose output this one takes the place of. */
  readonly before: ReleaseRecord | undefined
  readonly current: ReleaseRecord
  /** The output directory, absolute. */
  readonly outDir: string
  /** `.paceline/delivery`, absolute. */
  readonly deliveryDir: string
  readonly options: Pick<ResolvedDeliveryOptions, 'targets' | 'targetOptions' | 'purge'>
}

/** Files that hosts read in the output, to which users may have rules of their own. */
const USERS = ['_headers', '_redirects']

/**
 * Writes what hosts and caches have to be told: the files of the targets, and what a cache in front of the site has to forget.
 *
 * @returns files that came into the output, or changed there
 * @throws `PACELINE_DELIVERY_LIMIT`, `PACELINE_DELIVERY_CONFLICT`, `PACELINE_DELIVERY_ORIGIN`
 */
export async function writeHosts(request: HostsRequest): Promise<string[]> {
  const { manifest, outDir, deliveryDir, options } = request
  const reference = `${manifest.release} ${request.current.createdAt}`
  const purged = purgeForms(purgePaths(manifest, filesBefore(request)), options.purge.origin, reference)
  const purgeDir = join(deliveryDir, 'purge')
  for (const { file, content } of purged) await writeAtomic(join(purgeDir, file), content)
  // Of the release before there may have been more.
  const known = new Set(purged.map(({ file }) => file))
  const stale = (await readdir(purgeDir)).filter(
    (file) => file.startsWith('purge.') && !file.endsWith('.tmp') && !known.has(file),
  )
  for (const file of stale) await rm(join(purgeDir, file), { force: true })
  if (options.targets.length === 0) return []
  const { makeTargets } = await import('./targets/make-targets.ts')
  const files = makeTargets(
    options.targets,
    manifest,
    resolveTargetOptions(options.targetOptions, await usersFiles(outDir)),
  )
  for (const { target, file, content, where } of files) {
    await writeAtomic(where === 'output' ? join(outDir, file) : join(deliveryDir, target, file), content)
  }
  return files.filter(({ where }) => where === 'output').map(({ file }) => file)
}

/** The release before, as its manifest had it: what is no file of its own now was none then. */
function filesBefore({ before, current, manifest }: HostsRequest): Map<string, string> | undefined {
  if (!before) return undefined
  const listed = new Set(manifest.files.map(({ file }) => file))
  const unlisted = new Set(current.files.map(({ file }) => file).filter((file) => !listed.has(file)))
  return new Map(before.files.filter(({ file }) => !unlisted.has(file)).map(({ file, sha256 }) => [file, sha256]))
}

async function usersFiles(outDir: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const file of USERS) {
    const text = await readFile(join(outDir, file), 'utf8').catch(() => undefined)
    if (text !== undefined) files.set(file, text)
  }
  return files
}
