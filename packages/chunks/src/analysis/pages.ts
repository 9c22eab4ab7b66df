import type { GraphModule } from '@paceline/build-graph'

/** An HTML page whose module does nothing but run one script. */
export interface Page {
  /** The script. */
  readonly script: string
  /** What Vite runs before it. */
  readonly before: readonly string[]
}

const HTML = /\.html?$/
const HELPER = /^\0vite\//

/**
 * HTML pages with one script. Their modules are left out of what is planned: the script is the entry, and the page goes wherever it
 * goes. Vite makes of an empty chunk for the page one script element for everything that the page imports, also for externals that
 * only an import map could resolve.
 *
 * @returns by the id of the page
 */
export function findPages(modules: readonly GraphModule[]): Map<string, Page> {
  const pages = new Map<string, Page>()
  for (const { id, entry, imports } of modules) {
    if (!entry || !HTML.test(id)) continue
    const targets = imports.flatMap((edge) => (edge.kind === 'static' ? [edge.id] : []))
    const [script, ...others] = targets.filter((target) => !HELPER.test(target))
    if (script === undefined || others.length > 0) continue
    pages.set(id, { script, before: targets.filter((target) => target !== script) })
  }
  return pages
}

/** The graph without the modules of pages: their scripts are the entries, and stand where the pages stood. */
export function withoutPages(modules: readonly GraphModule[], pages: ReadonlyMap<string, Page>): GraphModule[] {
  const before = new Map([...pages.values()].map((page) => [page.script, page.before]))
  const byId = new Map(modules.map((module) => [module.id, module]))
  const ids = new Set(modules.flatMap(({ id }) => pages.get(id)?.script ?? (before.has(id) ? [] : [id])))
  return [...ids].flatMap((id): GraphModule[] => {
    const module = byId.get(id)
    const helpers = before.get(id)
    if (!module || !helpers) return module ? [module] : []
    const first = helpers.map((helper) => ({ id: helper, kind: 'static' as const }))
    return [{ ...module, entry: true, imports: [...first, ...module.imports] }]
  })
}
