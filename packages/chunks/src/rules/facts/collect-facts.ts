import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanId, packageOf, reportId, type BuildReport } from '@paceline/build-graph'
import { readManifest } from '@paceline/kit'
import type { Rollup } from 'vite'
import { directoryOf } from '../checks/side-effects.ts'
import type { DescribedFault } from '../../verify/describe-fault.ts'
import type { ResolvedRules } from '../resolve-rules.ts'
import type { ManifestFacts, RuleFacts, TextFact, UnreferencedFile } from './rule-facts.ts'
import { scanText, type ScanRequest } from './scan-text.ts'
import { onlyReexports } from './syntax.ts'
import { listings, unreferenced } from './unreferenced.ts'
import { lineOfImport, usedBuiltins, type BuiltinImport } from './used-builtins.ts'

type Context = Pick<Rollup.PluginContext, 'environment' | 'getModuleIds' | 'getModuleInfo' | 'meta'> & {
  parse(code: string): unknown
}

/** What is known of the build besides its bundle. */
export interface BuildFacts {
  readonly root: string
  readonly production: boolean
  readonly planned: boolean
  readonly targets: readonly string[]
  /** Compiled CSS by module id. */
  readonly stylesheets: ReadonlyMap<string, string>
  readonly builtins: readonly BuiltinImport[]
}

/** What the hooks of one build saw for the rules that are on; nothing is looked at for those that are off. */
export class CollectedFacts {
  readonly #rules: ResolvedRules
  readonly #build: BuildFacts
  readonly #texts: TextFact[] = []
  readonly #barrels = new Set<string>()
  readonly #unreferenced: UnreferencedFile[] = []
  readonly #builtins = new Set<BuiltinImport>()
  readonly #faults: DescribedFault[] = []

  constructor(rules: ResolvedRules, build: BuildFacts) {
    this.#rules = rules
    this.#build = build
  }

  /**
   * Reads a finished bundle, last of all that look at it.
   *
   * @param faults what the verifier has found in it
   */
  take(context: Context, bundle: Rollup.OutputBundle, faults: readonly DescribedFault[]): void {
    this.#faults.push(...faults)
    const { devCode, legacy, inlinedAssets, barrels, unused } = this.#rules
    const request: ScanRequest = {
      nodeEnv: devCode.severity !== 'off' && this.#build.production,
      parse: (code) => context.parse(code),
      legacy: legacy.severity !== 'off',
      dataUrls: inlinedAssets.severity !== 'off',
      targets: this.#build.targets,
      dataUrlAbove: inlinedAssets.above,
    }
    if (request.nodeEnv || request.legacy || request.dataUrls) this.#scan(bundle, request)
    for (const used of usedBuiltins(context, bundle, this.#build.builtins)) this.#builtins.add(used)
    if (barrels.severity !== 'off') this.#findBarrels(context)
    if (unused.severity !== 'off')
      this.#unreferenced.push(...unreferenced(bundle, listings(context.environment.config.build)))
  }

  /** The facts for a report of the same build. */
  facts(report: BuildReport): RuleFacts {
    const { production, planned, targets, root } = this.#build
    const needsManifests = this.#rules.sideEffects.severity !== 'off'
    return {
      report,
      production,
      planned,
      targets,
      manifests: needsManifests ? readManifests(root, report) : new Map(),
      barrels: this.#barrels,
      builtins: [...this.#builtins].map((used) => placed(used, root)),
      texts: this.#texts,
      unreferenced: this.#unreferenced,
      faults: this.#faults,
    }
  }

  #scan(bundle: Rollup.OutputBundle, request: ScanRequest): void {
    const { root, stylesheets } = this.#build
    for (const output of Object.values(bundle)) {
      if (output.type === 'chunk') {
        const modules = (): [string, string][] =>
          Object.entries(output.modules).map(([id, { code }]) => [reportId(id, root), code ?? ''])
        this.#texts.push(...scanText({ file: output.fileName, code: output.code, modules }, request))
      } else if (output.fileName.endsWith('.css')) {
        const modules = (): [string, string][] => [...stylesheets].map(([id, code]) => [reportId(id, root), code])
        const code = typeof output.source === 'string' ? output.source : new TextDecoder().decode(output.source)
        this.#texts.push(...scanText({ file: output.fileName, code, modules }, { ...request, nodeEnv: false }))
      }
    }
  }

  /** A barrel passes on at least three modules: two are as quickly imported one by one. */
  #findBarrels(context: Context): void {
    for (const id of context.getModuleIds()) {
      const info = context.getModuleInfo(id)
      if (!info?.code || info.importedIds.length < 3 || !/\bexport\b/.test(info.code)) continue
      if (onlyReexports(context.parse(info.code))) this.#barrels.add(reportId(id, this.#build.root))
    }
  }
}

function placed({ importer, name }: BuiltinImport, root: string): RuleFacts['builtins'][number] {
  const source = packageOf(importer) ? undefined : readText(cleanId(importer))
  const line = source === undefined ? undefined : lineOfImport(source, name)
  return { importer: reportId(importer, root), name, ...(line === undefined ? {} : { line }) }
}

function readManifests(root: string, report: BuildReport): Map<string, ManifestFacts> {
  const found = new Map<string, ManifestFacts>()
  for (const { id, package: owner } of report.modules) {
    const directory = owner === undefined ? undefined : directoryOf(id, owner)
    if (directory === undefined || found.has(directory)) continue
    const manifest = readManifest(join(root, directory))
    if (!manifest) continue
    const { sideEffects, module, type, exports: entries } = manifest
    const esm = module !== undefined || type === 'module' || /"import"|\.mjs"/.test(JSON.stringify(entries) ?? '')
    found.set(directory, { sideEffects: sideEffects !== undefined, esm })
  }
  return found
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
