import { defineErrors } from '@paceline/kit'
import type { ErrorFactory } from '@paceline/kit'

/** The page's own data, before it is filled: its version and which sizes it offers. */
export interface PageData {
  readonly version: number
  readonly tree: unknown
  readonly nodeParts: unknown
  readonly nodeMetas: unknown
  readonly env: Readonly<Record<string, unknown>>
  readonly options: Readonly<Record<'gzip' | 'brotli' | 'sourcemap', boolean>>
}

const catalogue = {
  PACELINE_TREEMAP_UNSUPPORTED: (what: string): string =>
    `\`treemap.html\` cannot be made with this rollup-plugin-visualizer; ${what}. Install the version that @paceline/budgets asks for.`,
}
const treemapError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)

/**
 * rollup-plugin-visualizer's own treemap page, filled with data that we made.
 *
 * Its CLI builds the page from `raw-data` JSON, but in a process of its own and without escaping `</script>` in the
 * names of modules. The plugin, run over an empty bundle, gives the same page and, with `template: 'raw-data'`, the
 * very JSON that the page holds; that text is exchanged for ours.
 */
export async function visualizerPage(title: string, fill: (empty: PageData) => object): Promise<string> {
  const empty = JSON.parse(await renderEmpty('raw-data', title)) as PageData
  const parts = (await renderEmpty('treemap', title)).split(JSON.stringify(empty))
  if (parts.length !== 2)
    throw treemapError('PACELINE_TREEMAP_UNSUPPORTED', ['its page does not hold the data of its raw-data form'])
  return parts.join(inScript(fill(empty)))
}

/** Runs the plugin's only hook with nothing in the bundle and catches what it emits. */
async function renderEmpty(template: 'raw-data' | 'treemap', title: string): Promise<string> {
  const { visualizer } = await import('rollup-plugin-visualizer')
  const emitted: string[] = []
  const context = {
    emitFile: ({ source }: { source: string }): string => `${emitted.push(source)}`,
    getModuleInfo: (): null => null,
    meta: { rollupVersion: '' },
    warn: (): void => {},
    error: (message: string): never => {
      throw treemapError('PACELINE_TREEMAP_UNSUPPORTED', [`it says '${message}'`])
    },
  }
  const plugin = visualizer({
    template,
    title,
    filename: 'treemap.html',
    emitFile: true,
    gzipSize: true,
    brotliSize: true,
  })
  const hook = (plugin as { generateBundle?: unknown }).generateBundle
  if (typeof hook !== 'function')
    throw treemapError('PACELINE_TREEMAP_UNSUPPORTED', ['it has no `generateBundle` hook'])
  await hook.call(context, {}, {}, false)
  if (emitted[0] === undefined) throw treemapError('PACELINE_TREEMAP_UNSUPPORTED', ['it emitted no page'])
  return emitted[0]
}

/** JSON that can stand in a script: no `</script>`, no `<!--`, no line separators that old engines end a string at. */
function inScript(value: object): string {
  return JSON.stringify(value)
    .replaceAll('<', String.raw`\u003C`)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}
