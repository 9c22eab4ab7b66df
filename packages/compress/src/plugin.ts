import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { artifactCache, findArtifactCache, type ArtifactCacheApi } from '@paceline/artifact-cache'
import { moveToEnd, orLog } from '@paceline/kit'
import type { Environment, Plugin, ResolvedConfig } from 'vite'
import { checkLedger, removeOriginals } from './adapters/check-ledger.ts'
import { compressLate } from './adapters/compress-late.ts'
import { compressOutput } from './adapters/compress-output.ts'
import { copyArtifacts } from './adapters/copy-artifacts.ts'
import { foreignFiles } from './adapters/foreign-files.ts'
import { ledgerEntries, type Ledger, type LedgerEntry } from './core/ledger.ts'
import { outermost } from './core/outermost.ts'
import { compressSummary } from './core/summary.ts'
import { compressError } from './errors.ts'
import type { CompressOptions } from './options.ts'
import { resolveCompressOptions, type ResolvedCompressOptions } from './resolve-options.ts'

const PLUGIN_NAME = 'paceline:compress'

/** What the report gets from compression, and what delivery has to know of it. */
interface CompressApi {
  /** Whether files that have a sibling go at the end. */
  readonly deletesOriginals: boolean
  reportSection(environmentName: string): { readonly ledger?: readonly LedgerEntry[] }
}

/**
 * Writes a compressed sibling beside every file of the client build: `.gz`, `.br`, `.zst`. Libraries (`build.lib`) stay as they are.
 *
 * Files are compressed in `closeBundle`, after other plugins have written theirs (service workers, public files): before that none is final.
 * Results come from the artifact cache, which it brings along; an instance of that which is listed before counts instead. At the very
 * end every sibling is decoded and compared with its file.
 *
 * @throws `PACELINE_OPTIONS_INVALID` at once; a build may end in `PACELINE_LEDGER_MISMATCH`
 */
export function compress(options?: CompressOptions): Plugin[] {
  const resolved = resolveCompressOptions(options)
  let config: ResolvedConfig | undefined
  let cache: ArtifactCacheApi | undefined
  /** Directories that the outputs of an environment were written to, since it was compressed last. */
  const written = new Map<string, Set<string>>()
  /** Of the last build of each environment. */
  const ledgers = new Map<string, readonly Ledger[]>()
  const unchecked = new Set<string>()
  const environments = new Map<string, Environment>()
  const onlyClient = (environment: { config: { consumer: string } }): boolean =>
    environment.config.consumer === 'client'

  const stage: Plugin<CompressApi> = {
    name: PLUGIN_NAME,
    apply: 'build',
    enforce: 'post',
    api: {
      deletesOriginals: resolved.deleteOriginalAssets,
      reportSection: (name) => ({ ledger: (ledgers.get(name) ?? []).flatMap(ledgerEntries) }),
    },
    configResolved(resolvedConfig) {
      config = resolvedConfig
      cache = findArtifactCache(resolvedConfig.plugins)
      moveToEnd(resolvedConfig.plugins, stage, 'compress')
    },
    applyToEnvironment: onlyClient,
    buildStart() {
      ledgers.delete(this.environment.name)
      environments.set(this.environment.name, this.environment)
    },
    writeBundle(output) {
      const { name, config: own } = this.environment
      // Whoever bundles a library serves it; nobody asks for its own files.
      if (own.build.lib) return
      const dirs = written.get(name) ?? new Set([resolve(own.root, own.build.outDir)])
      if (output.dir !== undefined) dirs.add(resolve(own.root, output.dir))
      written.set(name, dirs)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const { environment } = this
        const dirs = written.get(environment.name)
        // A build that failed has written nothing; with several outputs the first call sees them all.
        if (error || !dirs || !config || !cache) return
        written.delete(environment.name)
        ledgers.delete(environment.name)
        const request = { environment, config, cache, options: resolved }
        const made = await orLog(compressDirs(request, [...dirs]), environment, this.meta.watchMode)
        if (!made) return
        ledgers.set(environment.name, made)
        unchecked.add(environment.name)
      },
    },
  }
  const ledger: Plugin = {
    name: `${PLUGIN_NAME}-ledger`,
    apply: 'build',
    enforce: 'post',
    configResolved: (resolvedConfig) => moveToEnd(resolvedConfig.plugins, ledger, 'ledger'),
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const { environment, meta } = this
        if (error || !config || !cache) return
        if (onlyClient(environment)) {
          const made = ledgers.get(environment.name)
          if (!made || !unchecked.delete(environment.name)) return
          const isForeign = foreignFiles(config, environment.name)
          await orLog(checkAll(made, resolved, isForeign), environment, meta.watchMode)
          return
        }
        // In watch mode the client may be in the middle of its next build.
        if (meta.watchMode || resolved.deleteOriginalAssets) return
        for (const [name, made] of ledgers) {
          const request = { environment: environments.get(name)!, config, cache, options: resolved }
          ledgers.set(name, await finishLate(made, request))
        }
      },
    },
  }
  return [...artifactCache(), stage, ledger]
}

interface CompressRequest {
  readonly environment: Environment
  readonly config: ResolvedConfig
  readonly cache: ArtifactCacheApi
  readonly options: ResolvedCompressOptions
}

/** The build of a server may have written into the output of a client: pages that it prerenders. */
async function finishLate(
  ledgers: readonly Ledger[],
  { environment, config, cache, options }: CompressRequest,
): Promise<Ledger[]> {
  const isForeign = foreignFiles(config, environment.name)
  const isUsers = (): boolean => false
  const finished: Ledger[] = []
  for (const ledger of ledgers) {
    const late = await compressLate(ledger, { dir: ledger.dir, options, cache, isForeign, isUsers })
    finished.push(late ?? ledger)
  }
  await checkAll(finished, options, isForeign)
  return finished
}

async function compressDirs(
  { environment, config, cache, options }: CompressRequest,
  dirs: readonly string[],
): Promise<Ledger[]> {
  const isForeign = foreignFiles(config, environment.name)
  const publicDir = environment.config.build.copyPublicDir ? config.publicDir : ''
  const ledgers: Ledger[] = []
  for (const dir of outermost(dirs)) {
    const copied = copyArtifacts(options.artifacts(), dir, config.root)
    const isUsers = (file: string): boolean =>
      (publicDir !== '' && existsSync(join(publicDir, file))) ||
      copied.some((path) => file === path || file.startsWith(`${path}/`))
    ledgers.push(await compressOutput({ dir, options, cache, isForeign, isUsers }))
  }
  const summary = compressSummary(ledgers.flatMap(({ records }) => [...records.values()]))
  if (summary !== undefined && !options.isSilent) environment.logger.info(summary)
  return ledgers
}

async function checkAll(
  ledgers: readonly Ledger[],
  options: ResolvedCompressOptions,
  isForeign: (path: string) => boolean,
): Promise<void> {
  const problems = await Promise.all(ledgers.map((one) => checkLedger(one, options, isForeign)))
  if (problems.flat().length > 0) throw compressError('PACELINE_LEDGER_MISMATCH', [problems.flat()])
  if (options.deleteOriginalAssets) for (const one of ledgers) removeOriginals(one)
}
