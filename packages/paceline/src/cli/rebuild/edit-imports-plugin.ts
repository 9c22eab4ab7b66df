import { reportId, STYLESHEET } from '@paceline/build-graph'
import type { Plugin, Rollup } from 'vite'
import type { LeftImport, LeftReason, RebuildEdit } from './rebuild-request.ts'
import { rewriteImports, staticSpecifiers, STUB_MODULE, type Rewrite } from './rewrite-imports.ts'

const STUB_ID = `\0${STUB_MODULE}`
/** For `require()`, which brings helpers for what is no CommonJS. Only by this ending Rollup's plugin takes a virtual module for it. */
const REQUIRED_ID = `${STUB_ID}.cjs`
const REQUIRED_CODE = 'module.exports = globalThis.pacelineStub'
/** A value that no minifier can look into, so that the code that uses it stays as big as it is. */
const STUB_CODE = 'export const stub = globalThis.pacelineStub; export default stub'

type ImportsEdit = Extract<RebuildEdit, { kind: 'imports' }>

/** Changes imports of the app in memory, see {@link RebuildEdit}. */
export function editImports({ how, edges, whole }: ImportsEdit, root: string): Plugin & { left(): LeftImport[] } {
  const importees = new Map<string, Set<string>>()
  for (const { importer, importee } of edges) {
    importees.set(importer, (importees.get(importer) ?? new Set()).add(importee))
  }
  const done = new Set<string>()
  const reasons = new Map<string, LeftReason>()
  const note = (importer: string, importee: string): void => void done.add(`${importer}\0${importee}`)

  return {
    name: 'paceline:edit-imports',
    enforce: 'post',
    left: () =>
      edges.flatMap((edge) => {
        const key = `${edge.importer}\0${edge.importee}`
        return done.has(key) ? [] : [{ ...edge, because: reasons.get(key) ?? 'unknown' }]
      }),
    resolveId: {
      order: 'pre',
      async handler(source, importer, options) {
        if (source === STUB_MODULE || source === STUB_ID) return { id: STUB_ID, moduleSideEffects: false }
        if (source === REQUIRED_ID) return { id: REQUIRED_ID, moduleSideEffects: false }
        if (!whole || importer === undefined) return null
        const targets = importees.get(reportId(importer, root))
        if (!targets) return null
        // What is still there is no static import: `import()`, or `require()` of a CommonJS module.
        const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
        const importee = resolved ? reportId(resolved.id, root) : ''
        if (!targets.has(importee)) return null
        note(reportId(importer, root), importee)
        return { id: isRequired(options) ? REQUIRED_ID : STUB_ID, moduleSideEffects: false }
      },
    },
    load(id) {
      if (id === REQUIRED_ID) return { code: REQUIRED_CODE, moduleSideEffects: false }
      return id === STUB_ID ? { code: STUB_CODE, moduleSideEffects: false } : null
    },
    transform: {
      // The last transform: by now it is JavaScript, whatever it was before.
      order: 'post',
      async handler(code, id) {
        const importer = reportId(id, root)
        const targets = importees.get(importer)
        if (!targets) return null
        const { body } = this.parse(code)
        const rewrites = new Map<string, Rewrite>()
        for (const source of staticSpecifiers(body)) {
          const resolved = await this.resolve(source, id, { skipSelf: true })
          const importee = resolved ? reportId(resolved.id, root) : ''
          if (!resolved || !targets.has(importee)) continue
          note(importer, importee)
          rewrites.set(source, { how, names: passesAll(code) ? await exportedNames(this, resolved.id) : [] })
        }
        for (const { source, because } of otherWays(code, importer)) {
          const resolved = source === undefined ? null : await this.resolve(source, id, { skipSelf: true })
          const importees = resolved ? [reportId(resolved.id, root)] : source === undefined ? [...targets] : []
          for (const importee of importees) {
            const key = `${importer}\0${importee}`
            if (!reasons.has(key)) reasons.set(key, because)
          }
        }
        const text = rewriteImports(code, body, rewrites)
        return text ? { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) } : null
      },
    },
    outputOptions: {
      order: 'post',
      handler(output) {
        const { manualChunks } = output
        if ('rolldownVersion' in this.meta || typeof manualChunks !== 'function') return null
        // Looking up what an import leads to makes Rollup read that module. It asks for its chunk, too, but cannot write what nobody imports.
        const ofUsed: typeof manualChunks = (id, context) => {
          const info: (object & { readonly isIncluded?: boolean | null }) | null = context.getModuleInfo(id)
          return info?.isIncluded ? manualChunks(id, context) : undefined
        }
        return { ...output, manualChunks: ofUsed }
      },
    },
  }
}

/** Whether a `require()` asks: Rolldown says so itself, in Rollup its plugin for CommonJS does. */
function isRequired({
  kind,
  custom,
}: {
  readonly kind?: string
  readonly custom?: Rollup.CustomPluginOptions
}): boolean {
  const byPlugin = custom?.['node-resolve'] as { readonly isRequire?: boolean } | undefined
  return kind === 'require-call' || byPlugin?.isRequire === true
}

/** How else a module is brought in than by static imports; without a specifier where any of them may be meant. */
function otherWays(code: string, importer: string): { source?: string; because: LeftReason }[] {
  const written = [...code.matchAll(/\b(require|import)\s*\(\s*(["'`])([^"'`\n]+)\2\s*\)/g)].map(
    ([, call, , source]) => ({
      source: source!,
      because: call === 'require' ? ('require' as const) : ('import()' as const),
    }),
  )
  const starts = /[?&](?:shared)?worker\b/.test(importer) || /\bnew\s+(?:Shared)?Worker\s*\(/.test(code)
  return [
    ...written,
    ...(STYLESHEET.test(importer) ? [{ because: 'stylesheet' as const }] : []),
    ...(starts ? [{ because: 'worker' as const }] : []),
  ]
}

function passesAll(code: string): boolean {
  return /\bexport\s*\*\s*from\b/.test(code)
}

/** What `export *` passes on. A module that passes on others' names in turn is followed. */
async function exportedNames(context: Rollup.PluginContext, id: string): Promise<string[]> {
  const names = new Set<string>()
  const queue = new Set([id])
  for (const module of queue) {
    const info = await context.load({ id: module })
    const own = (info as { exports?: readonly string[] | null }).exports ?? []
    for (const name of own) if (name !== '*' && name !== 'default') names.add(name)
    if (own.includes('*') && info.code)
      for (const next of await passedModules(context, info.code, module)) queue.add(next)
  }
  return [...names]
}

async function passedModules(context: Rollup.PluginContext, code: string, id: string): Promise<string[]> {
  const all = (context.parse(code).body as unknown as { type: string; source?: { value: string } }[]).filter(
    ({ type }) => type === 'ExportAllDeclaration',
  )
  const resolved = await Promise.all(all.map(({ source }) => context.resolve(source!.value, id)))
  return resolved.flatMap((one) => (one && one.external === false ? [one.id] : []))
}
