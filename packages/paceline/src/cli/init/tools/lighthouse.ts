import type { Expression } from 'oxc-parser'
import { automatic, none, stays, type OptionMove, type OptionRule, type OptionRules } from '../move.ts'
import { keyName, propertyOf, unwrap } from '../syntax/nodes.ts'
import { applyRules } from './apply-rules.ts'
import type { ConfigFile, ConfigTool } from './config-tool.ts'
import { moveBudgetsFile, type AuditPaths } from './lighthouse-budgets.ts'

/** Audits in milliseconds (CLS: without a unit) that the SLA has a name for. */
const METRICS: Readonly<Record<string, string>> = {
  'largest-contentful-paint': 'lcp',
  'cumulative-layout-shift': 'cls',
  'first-contentful-paint': 'fcp',
  'interaction-to-next-paint': 'inp',
  interactive: 'tti',
}

/** Resources, in bytes as transferred. */
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  'resource-summary:script:size': ['budgets', 'initial'],
  'resource-summary:stylesheet:size': ['budgets', 'css'],
  'resource-summary:font:size': ['budgets', 'fonts'],
}

const AUDITS: AuditPaths = {
  ...Object.fromEntries(Object.entries(METRICS).map(([audit, name]) => [audit, ['sla', name]])),
  ...RESOURCES,
}

const metric = (name: string): OptionRule => ({
  becomes: `\`sla.${name}\``,
  note: '`maxNumericValue`. The lab holds the median to it, the field the 75th percentile.',
  move: (option) => {
    const { level, limit } = assertionOf(option)
    if (level === 'off') option.automatic('It is off.')
    else if (limit === undefined) option.stays('has no `maxNumericValue` that can be read')
    else option.to(`sla.${name}`, limit)
  },
})

const resource = (path: readonly string[]): OptionRule => ({
  becomes: `\`${path.join('.')}\``,
  note: 'Of the build, in brotli; files of other origins do not count.',
  move: (option) => {
    const { level, limit } = assertionOf(option)
    const encoding = path.at(-1) === 'fonts' ? '' : ` encoding: ${option.print('brotli')},`
    if (level === 'off') option.automatic('It is off.')
    else if (limit === undefined) option.stays('has no `maxNumericValue` that can be read')
    else if (level === 'warn') option.to(path, `{ limit: ${limit},${encoding} severity: ${option.print('warn')} }`)
    else option.to(path, limit)
  },
})

const OTHER_AUDITS = 'Audits without a limit of Paceline, accessibility and SEO for instance, keep Lighthouse CI.'

const rules: OptionRules = {
  ...Object.fromEntries(
    Object.entries(METRICS).map(([audit, name]) => [`ci.assert.assertions.${audit}`, metric(name)]),
  ),
  ...Object.fromEntries(
    Object.entries(RESOURCES).map(([audit, path]) => [`ci.assert.assertions.${audit}`, resource(path)]),
  ),
  'ci.assert.assertions.*': { ...stays(OTHER_AUDITS), move: stayUnlessOff },
  'ci.assert.preset': stays('A preset asserts audits beyond speed.'),
  'ci.assert.assertMatrix': stays('Write limits of single routes as `sla.routes`.'),
  'ci.assert.budgetsFile': {
    becomes: '`sla`, `budgets`',
    note: 'Its `timings` and `resourceSizes` (in KiB) of all pages. Those of single pages, and `resourceCounts`, keep Lighthouse CI.',
    move: (option) => moveBudgetsFile(option, AUDITS),
  },
  'ci.assert.includePassedAssertions': automatic('`paceline measure` shows each limit.'),
  'ci.assert.aggregationMethod': none('The median of all runs counts, never the best one.'),
  'ci.collect.url': {
    becomes: '`--route` of `paceline measure`',
    note: 'The paths; the output is served by `measure` itself.',
    move: moveNothing,
  },
  'ci.collect.staticDistDir': { becomes: '`[dist]` of `paceline measure`', move: moveNothing },
  'ci.collect.numberOfRuns': {
    becomes: '`--runs` of `paceline measure`',
    note: 'After two runs that do not count.',
    move: moveNothing,
  },
  'ci.collect.settings.preset': { becomes: '`--profile` of `paceline measure`', note: '`desktop`.', move: moveNothing },
  'ci.collect.settings.*': none('Profiles of `paceline measure` say how slow network and processor are.'),
  'ci.collect.isSinglePageApplication': automatic('Routes of a single-page app are answered by its page.'),
  'ci.collect.startServerCommand': none(
    '`paceline measure` serves the output; `--serve COMMAND` takes your own server.',
  ),
  'ci.collect.startServerReadyPattern': none('`paceline measure` waits for the server.'),
  'ci.collect.startServerReadyTimeout': none('`paceline measure` waits for the server.'),
  'ci.collect.puppeteerScript': none('`paceline measure --script FILE` takes a Playwright script.'),
  'ci.collect.chromePath': none('The lab runs the Chromium of Playwright.'),
  'ci.upload': none('`paceline measure --html FILE` writes a page; `--json` the figures.'),
  'ci.server': none('The collector keeps what the field reports.'),
}

/** @see https://github.com/GoogleChrome/lighthouse-ci/blob/main/docs/configuration.md */
export const lighthouse: ConfigTool = {
  package: '@lhci/cli',
  instead: 'sla, and `paceline measure`',
  files: ['.lighthouserc', 'lighthouserc'].flatMap((name) =>
    ['.cjs', '.js', '.json', '.yml', '.yaml'].map((extension) => name + extension),
  ),
  packages: /^@lhci\/cli$/,
  rules,
  read,
  isPartial: true,
  commands: /^lhci$/,
  script: (_command, [verb = 'autorun'], { measure }) =>
    verb === 'upload' || verb === 'server' || verb === 'wizard'
      ? undefined
      : { command: ['paceline measure', ...measure].join(' ') },
}

function read(config: OptionMove, file: ConfigFile): void {
  const { node } = config
  if (node.type !== 'ObjectExpression') return config.stays('is not an object that can be read without running it')
  const expanded = {
    ...rules,
    ...wildcards(config, ['ci', 'assert', 'assertions']),
    ...wildcards(config, ['ci', 'collect', 'settings']),
  }
  applyRules(config, node, expanded)
  readCollect(config, file)
  file.remove()
}

/** `a.b.*` stands for all that have no rule of their own. */
function wildcards(config: OptionMove, path: readonly string[]): OptionRules {
  const value = valueAt(config.node, path)
  const rule = rules[`${path.join('.')}.*`]
  if (value?.type !== 'ObjectExpression' || !rule) return {}
  const names = value.properties.flatMap((property) =>
    property.type === 'Property' ? [keyName(property.key) ?? ''] : [],
  )
  const missing = names.filter((name) => !(`${path.join('.')}.${name}` in rules))
  return Object.fromEntries(missing.map((name) => [`${path.join('.')}.${name}`, rule]))
}

function valueAt(node: Expression, path: readonly string[]): Expression | undefined {
  const [first, ...rest] = path
  if (first === undefined) return node
  const value = node.type === 'ObjectExpression' ? propertyOf(node, first) : undefined
  return value && valueAt(unwrap(value), rest)
}

/** What says where and how to measure becomes the arguments of `paceline measure`. */
function readCollect(config: OptionMove, file: ConfigFile): void {
  const read = (...path: string[]): unknown => {
    const node = valueAt(config.node, ['ci', 'collect', ...path])
    const value = node && config.read(node)
    return value?.known ? value.value : undefined
  }
  const dist = read('staticDistDir')
  if (typeof dist === 'string') file.measureWith(dist.replace(/^\.\//, '').replace(/\/$/, ''))
  const routes = [read('url') ?? []].flat().flatMap((url) => pathOf(String(url)))
  if (routes.length > 0) file.measureWith('--route', [...new Set(routes)].join(','))
  const runs = read('numberOfRuns')
  if (typeof runs === 'number') file.measureWith('--runs', String(runs))
  if (read('settings', 'preset') === 'desktop') file.measureWith('--profile', 'desktop')
}

function pathOf(url: string): string[] {
  if (!URL.canParse(url)) return url.startsWith('/') ? [url] : []
  const { pathname } = new URL(url)
  return [pathname === '/index.html' ? '/' : pathname]
}

/** `'warn'`, or `['error', { maxNumericValue: 2500 }]`. */
function assertionOf(option: OptionMove): { readonly level: string | undefined; readonly limit: string | undefined } {
  const { node } = option
  if (node.type !== 'ArrayExpression') return { level: option.text(), limit: undefined }
  const [level, settings] = node.elements
  const limit = settings?.type === 'ObjectExpression' ? propertyOf(settings, 'maxNumericValue') : undefined
  const isLevel = level && level.type !== 'SpreadElement'
  return { level: isLevel ? option.text(level) : undefined, limit: limit && option.code(limit) }
}

function stayUnlessOff(option: OptionMove): void {
  if (assertionOf(option).level === 'off') option.automatic('It is off.')
  else option.stays('has no equivalent; Lighthouse CI goes on asserting it')
}

/** What is read as a whole afterwards. */
function moveNothing(option: OptionMove): void {
  option.automatic('An argument of `paceline measure`.')
}
