import { plainId, type BuildReport, type ModuleEntry } from '@paceline/build-graph'
import { bytesOf, wayTo, wholeLoad } from '../loads.ts'
import { fixAt, ownImports, removeImports } from '../own-imports.ts'
import type { RuleFacts } from '../facts/rule-facts.ts'
import type { Found, Rule } from '../rule.ts'

const SERVER_MODULE = /(?:^|\/)[^/]+\.server\.[cm]?[jt]sx?(?:\?|$)|(?:^|\/)\.server\//
/** An import of it says that a module must never reach a client. */
const SERVER_ONLY = 'server-only'

/** Code meant for the server in the client build. */
export const serverCode: Rule<'serverCode'> = {
  name: 'serverCode',
  check({ report, builtins: imports }, { builtins }) {
    const live = (id: string): boolean => bytesOf(report, id) > 0
    const found = report.modules.flatMap(({ id, package: owner, imports: edges }) => {
      if (!live(id)) return []
      if (owner === undefined && SERVER_MODULE.test(id)) return [leaked(report, id, 'is a server module by its name')]
      const marked = edges.some(({ to }) => report.modules[to]?.package === SERVER_ONLY)
      return marked ? [leaked(report, id, `imports \`${SERVER_ONLY}\``)] : []
    })
    const packageOf = new Map(report.modules.map((module) => [module.id, module.package]))
    const ofNode = imports
      .filter(({ importer }) => live(importer) && (builtins === 'all' || packageOf.get(importer) === undefined))
      .map((one) => builtin(report, one, packageOf.get(one.importer)))
    return [...found, ...ofNode]
  },
}

function leaked(report: BuildReport, id: string, why: string): Found {
  const isLeaked = (module: ModuleEntry): boolean => module.id === id
  return {
    subject: id,
    message: `\`${plainId(id)}\` ${why}, but it is in the client build.`,
    chain: wayTo(report, isLeaked),
    bytes: bytesOf(report, id),
    fix: `${fixAt(ownImports(report, wholeLoad(report), isLeaked), removeImports)}; a type alone is written \`import type\`.`,
  }
}

function builtin(
  report: BuildReport,
  { importer, name, line }: RuleFacts['builtins'][number],
  owner: string | undefined,
): Found {
  const chain = wayTo(report, ({ id }) => id === importer)
  return {
    subject: importer,
    names: [importer, name, ...(owner === undefined ? [] : [owner])],
    message: `\`${plainId(importer)}\` imports Node's \`${name}\`, which a browser does not have: using it throws.`,
    chain: [...chain, { importer, ...(line === undefined ? {} : { line }), importee: name }],
    bytes: bytesOf(report, importer),
    fix:
      owner === undefined
        ? 'Move what needs it into a module of the server, or use what browsers have.'
        : `Look for a browser build of \`${owner}\`, or alias \`${name}\` to something for browsers.`,
  }
}
