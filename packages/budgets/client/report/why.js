import { byId, chainList, el, plainId } from './dom.js'
import { counted, drawn, encoding, formatBytes } from './figures.js'
import { moduleGraph, savings, shortestChain } from './graph.js'

/** Shows why a package or module is in the build. @type {(name: string) => void} */
export let askWhy = () => {}

/** @param {PageData} data */
export function drawWhy({ report }) {
  const graph = moduleGraph(report)
  const owners = new Map(report.modules.map((module) => [module.id, module.package]))
  const packages = [...new Set(report.modules.flatMap((module) => module.package ?? []))].sort()
  const ids = report.modules
    .map(({ id }) => id)
    .filter((id) => graph.weights.has(id))
    .sort()
  const input = /** @type {HTMLInputElement} */ (byId('why-name'))
  const hits = byId('why-hits')
  const answer = byId('why-answer')

  const suggest = () => {
    const text = input.value.trim().toLowerCase()
    if (text === '') return hits.replaceChildren()
    const found = [...packages, ...ids].filter((name) => name.toLowerCase().includes(text))
    // What starts with the text first, then short names: a package before the files in it.
    const rank = (/** @type {string} */ name) => (name.toLowerCase().startsWith(text) ? 0 : 1e6) + name.length
    const best = found.sort((a, b) => rank(a) - rank(b)).slice(0, 8)
    hits.replaceChildren(...best.map((name) => el('li', null, hit(name))))
    if (best.length === 0)
      hits.append(
        el('li', null, el('button', { type: 'button', disabled: '' }, 'No package or module has this in its name.')),
      )
  }
  const hit = (/** @type {string} */ name) =>
    el(
      'button',
      { type: 'button', click: () => askWhy(name) },
      el('code', null, plainId(name)),
      el('span.soft', null, owners.has(name) ? 'module' : 'package'),
    )

  askWhy = (name) => {
    input.value = plainId(name)
    hits.replaceChildren()
    const isPackage = !owners.has(name)
    const matches = (/** @type {Build['modules'][number]} */ module) =>
      isPackage ? module.package === name : module.id === name
    answer.replaceChildren(explain(report, graph, name, matches, isPackage))
    byId('why').scrollIntoView({ block: 'start' })
    answer.focus({ preventScroll: true })
  }
  input.addEventListener('input', suggest)
  input.form?.addEventListener('submit', (event) => {
    event.preventDefault()
    const first = hits.querySelector('button:not([disabled])')
    if (first instanceof HTMLButtonElement) first.click()
  })
}

/**
 * @param {Build} report
 * @param {Graph} graph
 * @param {string} name
 * @param {(module: Build['modules'][number]) => boolean} matches
 * @param {boolean} isPackage
 */
function explain(report, graph, name, matches, isPackage) {
  const chain = shortestChain(graph, matches)
  const members = report.modules.flatMap((module, at) => (matches(module) ? [at] : []))
  const inside = new Set(members)
  const files = new Set(members.flatMap((at) => graph.weights.get(report.modules[at]?.id ?? '')?.files ?? []))
  const weight = { raw: 0, gzip: 0, brotli: 0 }
  for (const at of members) {
    const sizes = graph.weights.get(report.modules[at]?.id ?? '')
    for (const key of /** @type {const} */ (['raw', 'gzip', 'brotli'])) weight[key] += sizes?.[key] ?? 0
  }
  const saved = savings(graph, (from, to) => inside.has(to) && !inside.has(from))
  const own = (/** @type {Step} */ step) =>
    report.modules.find((module) => module.id === step.importer)?.package === undefined
  const cut = chain?.findLastIndex(own) ?? -1
  const routes = report.routes.filter((route) => route.firstLoad.files.some((file) => files.has(file)))
  const amount = el('span.amount', null)
  const saves = el('p', null)
  drawn(() => {
    amount.textContent = `${formatBytes(weight[encoding])} ${encoding}`
    saves.textContent = `Without ${isPackage ? 'all imports of it' : 'it'} the build loses ${formatBytes(saved[encoding])} ${encoding} in ${counted(saved.modules, 'module')}.`
  })
  return el(
    'article.card',
    null,
    el('div.card-head', null, el('h3', null, plainId(name)), amount),
    chain === undefined && el('p', null, 'No import that the report knows of leads here.'),
    chain?.length === 0 && el('p', null, 'This is where the app starts.'),
    chain && chain.length > 0 && chainList(chain, cut),
    chain && chain.length > 0 && saves,
    routes.length > 0 &&
      el(
        'p.soft',
        null,
        `In the first load of ${routes.length === report.routes.length ? 'every route' : listed(routes.map(({ id }) => id))}.`,
      ),
  )
}

/** @param {string[]} names */
function listed(names) {
  return names.slice(0, 6).join(', ') + (names.length > 6 ? ` and ${names.length - 6} more` : '')
}
