/**
 * The module graph of a report, for "why is this here". The answers are those of `shortestChain` and `savingsOf` in
 * @paceline/build-graph; a test compares them.
 *
 * @param {Build} report
 */
export function moduleGraph(report) {
  const { modules, chunks } = report
  const entries = modules.flatMap((module, at) => (module.entry ? [at] : []))
  /** @type {Map<string, { raw: number, gzip: number, brotli: number, files: string[] }>} */
  const weights = new Map()
  for (const chunk of chunks) {
    for (const { id, raw, gzip, brotli } of chunk.modules) {
      const weight = weights.get(id) ?? { raw: 0, gzip: 0, brotli: 0, files: [] }
      weight.raw += raw
      weight.gzip += gzip
      weight.brotli += brotli
      weight.files.push(chunk.file)
      weights.set(id, weight)
    }
  }
  /** @type {Map<number, number>} module → the one it was reached from first; entries are their own */
  const parents = new Map(entries.map((entry) => [entry, entry]))
  for (const from of parents.keys()) {
    for (const { to } of modules[from]?.imports ?? []) if (!parents.has(to)) parents.set(to, from)
  }
  return { modules, entries, weights, parents }
}

/**
 * The shortest chain to the nearest module that matches; nothing when none is reached.
 *
 * @param {Graph} graph
 * @param {(module: Build['modules'][number]) => boolean} matches
 */
export function shortestChain({ modules, parents }, matches) {
  for (const found of parents.keys()) {
    const module = modules[found]
    if (!module || !matches(module)) continue
    /** @type {Step[]} */
    const steps = []
    for (let to = found, from = parents.get(to) ?? to; from !== to; to = from, from = parents.get(to) ?? to) {
      steps.push(chainStep(modules, from, to))
    }
    return steps.toReversed()
  }
  return undefined
}

/**
 * @param {Build['modules']} modules
 * @param {number} from
 * @param {number} to
 * @returns {Step}
 */
function chainStep(modules, from, to) {
  const edges = modules[from]?.imports.filter((edge) => edge.to === to) ?? []
  const line = (edges.find((edge) => edge.kind === 'static') ?? edges[0])?.line
  const names = { importer: modules[from]?.id ?? '', importee: modules[to]?.id ?? '' }
  return line === undefined ? names : { ...names, line }
}

/**
 * What the build loses without some imports: the bytes of all modules that only they led to.
 *
 * @param {Graph} graph
 * @param {(from: number, to: number) => boolean} cut
 */
export function savings({ modules, entries, weights, parents }, cut) {
  const left = new Set(entries)
  for (const from of left) for (const { to } of modules[from]?.imports ?? []) if (!cut(from, to)) left.add(to)
  const saved = { raw: 0, gzip: 0, brotli: 0, modules: 0 }
  for (const at of parents.keys()) {
    const weight = left.has(at) ? undefined : weights.get(modules[at]?.id ?? '')
    if (!weight) continue
    saved.raw += weight.raw
    saved.gzip += weight.gzip
    saved.brotli += weight.brotli
    saved.modules++
  }
  return saved
}

/**
 * Says on which pages modules may run. What the entry leads to without passing a page is on all of them; of other modules it is the pages whose
 * own modules lead to them, by `import` or `import()`.
 *
 * @param {Pick<Build, 'modules' | 'routes'>} report
 * @returns {(ids: readonly string[]) => 'all' | string[]} paths in the order of the report
 */
export function pagesByModule({ modules, routes }) {
  const places = new Map(modules.map(({ id }, at) => [id, at]))
  const pages = routes.flatMap(({ id, path, module, layouts = [], parts = [] }) => {
    const starts = [module, ...layouts, ...parts].flatMap((start) => places.get(start) ?? [])
    return starts.some((at) => modules[at]?.entry) ? [] : [{ name: path ?? id, starts }]
  })
  const lazy = new Set(pages.flatMap(({ starts }) => starts))
  /** @param {readonly number[]} starts @param {(to: number, kind: 'static' | 'dynamic') => boolean} enters */
  const reached = (starts, enters) => {
    const found = new Set(starts)
    for (const from of found)
      for (const { to, kind } of modules[from]?.imports ?? []) if (enters(to, kind)) found.add(to)
    return found
  }
  const entries = modules.flatMap(({ entry }, at) => (entry ? [at] : []))
  const everywhere = reached(entries, (to, kind) => kind === 'static' || !lazy.has(to))
  const byPage = pages.map(({ name, starts }) => ({ name, modules: reached(starts, (to) => !everywhere.has(to)) }))
  return (ids) => {
    const wanted = ids.flatMap((id) => places.get(id) ?? [])
    if (wanted.some((at) => everywhere.has(at))) return 'all'
    return byPage.flatMap((page) => (wanted.some((at) => page.modules.has(at)) ? [page.name] : []))
  }
}
