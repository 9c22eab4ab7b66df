import { formatPlace, plainId, type BuildReport, type ModuleEntry } from '@paceline/build-graph'
import { bytesIn, chainInto, costIn, initialLoad, ownStep, routeLoad, type RuleLoad } from '../loads.ts'
import { moduleMatcher } from '../../match-modules.ts'
import type { Found, Rule } from '../rule.ts'

/**
 * Packages whose whole purpose ends where production begins. Mocks and made-up data are not among them: a demo means to
 * ship them, and `forbidden` is there for who does not.
 */
const TOOLS: readonly string[] = [
  '*-devtools',
  '*-devtools-*',
  '@*/*-devtools',
  '@*/*-devtools-*',
  '@*/devtools',
  '@*/devtools-*',
  'eruda',
  'vconsole',
  'react-refresh',
  'react-scan',
  'react-axe',
  '@axe-core/react',
  '@welldone-software/why-did-you-render',
  'redux-logger',
  'redux-immutable-state-invariant',
  'why-is-node-running',
  '@testing-library/*',
  '@storybook/*',
  'vitest',
  'jest',
  'chai',
  'sinon',
]
const DEVELOPMENT_BUILD =
  /node_modules\/.*[./-]development(?:\.[\w-]+)*\.[cm]?js$|node_modules\/.*\/cjs\/[\w-]+\.development\.js$/

const matchesTool = moduleMatcher(TOOLS)

/** Code for development in what visitors of a production build download. */
export const devCode: Rule<'devCode'> = {
  name: 'devCode',
  check({ report, production, texts }, { above }) {
    if (!production) return []
    const loads = [initialLoad(report), ...report.routes.map((route) => routeLoad(report, route))]
    const names = report.packages.filter(({ name }) => matchesTool({ id: name, package: name }))
    const tools = new Set(names.map(({ name }) => name))
    const told = new Set<string>()
    const found = report.modules.flatMap((module) => {
      const kind = DEVELOPMENT_BUILD.test(module.id) ? 'build' : tools.has(module.package ?? '') ? 'tool' : undefined
      if (kind === undefined || told.has(module.package!)) return []
      const load = loads.find(({ files }) => bytesIn(report, module.id, files) > 0)
      if (!load) return []
      told.add(module.package!)
      return developer(report, module, load, kind, above)
    })
    return [...found, ...unreplaced(report, texts)]
  },
}

function developer(
  report: BuildReport,
  { package: name = '', id }: ModuleEntry,
  load: RuleLoad,
  kind: 'build' | 'tool',
  above: number,
): Found[] {
  const bytes = costIn(report, load, { package: name }) || bytesIn(report, id, load.files)
  // Most devtools leave an empty component behind in production: that is how they are meant to be used.
  if (bytes < above) return []
  const chain = chainInto(report, load, (module) => module.package === name)
  const step = ownStep(report, chain)
  return [
    {
      subject: name,
      names: [name, id],
      message:
        kind === 'build'
          ? `\`${plainId(id)}\` is the development build of \`${name}\`, in ${load.label} of a production build.`
          : `\`${name}\` is a tool for development, in ${load.label} of a production build.`,
      chain,
      bytes,
      fix:
        kind === 'build'
          ? 'Build with `NODE_ENV=production`, and look for an alias or a condition that names the development build.'
          : `Load it with \`import()\` behind \`import.meta.env.DEV\`${step ? ` at ${formatPlace(step)}` : ''}.`,
    },
  ]
}

function unreplaced(report: BuildReport, texts: Parameters<Rule<'devCode'>['check']>[0]['texts']): Found[] {
  return texts
    .filter(({ kind }) => kind === 'node-env')
    .map(({ file, module, detail }) => {
      const subject = module ?? file
      return {
        subject,
        names: [subject, file],
        message: `\`${plainId(subject)}\` still asks for \`${detail}\` in \`${file}\`: its checks for development run, or fail, in the browser.`,
        chain: chainInto(report, initialLoad(report), ({ id }) => id === module),
        fix: 'Name it in `define`, or import the ES module build of the package, in which Vite replaces it.',
      }
    })
}
