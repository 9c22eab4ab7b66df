/** What SARIF viewers show beside a result. */
export interface SarifRule {
  readonly name: string
  readonly short: string
  readonly full: string
  readonly help: string
}

const WHY = `Paceline names the import that brings the weight in, the shortest chain to it, and what removing it saves.
Make it lazy with \`import()\`, import less of it, or take something lighter; raise the limit only on purpose.
\`paceline why <module|package>\` shows every load it weighs on.`

const budget = (name: string, what: string): SarifRule => ({
  name,
  short: `${what} over its budget`,
  full: `${what} is over the limit that the team set in its Vite config or .size-limit.json.`,
  help: WHY,
})

const RULES: Readonly<Record<string, SarifRule>> = {
  'budget/initial': budget('InitialLoad', 'What every visit downloads'),
  'budget/css': budget('Css', 'The CSS'),
  'budget/fonts': budget('Fonts', 'The fonts'),
  'budget/images': budget('Images', 'An image'),
  'budget/route': budget('Route', "A route's load"),
  'budget/chunk': budget('Chunk', 'A chunk'),
  'budget/package': budget('Package', 'A package'),
  'budget/files': budget('Files', 'A set of files'),
  'budget/total': budget('Total', 'The whole build'),
  'budget/size-limit': budget('SizeLimit', 'An entry of .size-limit.json'),
  'budget/growth': budget('Growth', 'Growth over the baseline'),
  'budget/coverage': {
    name: 'Coverage',
    short: 'Files that belong to no budget',
    full: 'With `strict`, every emitted byte belongs to a budget or to a declared exemption.',
    help: 'Write a budget that covers the files, or list them under `budgets.exempt`.',
  },
  'import/new': {
    name: 'NewImport',
    short: 'A new import brings weight in',
    full: 'An import that the baseline did not have brings packages or modules into a load. No budget is overrun.',
    help: WHY,
  },
}

const rule = (name: string, short: string, help: string): SarifRule => ({
  name,
  short,
  full: `${short}. A rule of the module graph, set in the Vite config under \`chunks\`.`,
  help: `${help}\n\`paceline why <module|package>\` shows every load it weighs on. Accept it for a while with \`chunks.suppress\`, a reason and a day.`,
})

/** Rules of the graph, by the names of their options. */
const GRAPH_RULES: Readonly<Record<string, SarifRule>> = {
  'rule/lazy': rule('Lazy', 'A lazy module is loaded at once', 'Import it with `import()` only.'),
  'rule/forbidden': rule(
    'Forbidden',
    'A forbidden package or module is in a load',
    'Remove the import, or take the alternative.',
  ),
  'rule/layers': rule('Layers', 'An import crosses a layer', 'Move what both need to where both may import from.'),
  'rule/redundantDynamicImport': rule(
    'RedundantDynamicImport',
    'An import() that is not lazy',
    'Make the static import lazy too, or the lazy one static.',
  ),
  'rule/serverCode': rule(
    'ServerCode',
    'Server code in the client',
    'Remove the import; import types with `import type`.',
  ),
  'rule/devCode': rule('DevCode', 'Code for development in production', 'Load it behind `import.meta.env.DEV`.'),
  'rule/duplicates': rule('Duplicates', 'A package is bundled more than once', 'Bring all who want it to one version.'),
  'rule/execution': rule(
    'Execution',
    'Chunks do not run as the source does',
    'Put what belongs together into one chunk, or leave it out of groups.',
  ),
  'rule/circular': rule('Circular', 'Imports in a circle', 'Move what both need into a third place.'),
  'rule/depth': rule('Depth', 'A module too many imports deep', 'Import it from where it is used.'),
  'rule/requests': rule('Requests', 'Too many requests', 'Join chunks that are loaded together.'),
  'rule/tinyChunks': rule('TinyChunks', 'A chunk smaller than its request', 'Join it with what is loaded beside it.'),
  'rule/waterfalls': rule('Waterfalls', 'A lazy chunk behind a lazy chunk', 'Start both downloads at once.'),
  'rule/barrels': rule('Barrels', 'One import that drags in much', 'Import from the modules themselves.'),
  'rule/sideEffects': rule(
    'SideEffects',
    'A package without `sideEffects`',
    'Import only the parts you use by their own paths.',
  ),
  'rule/legacy': rule('Legacy', 'Code for browsers that are no target', 'Take builds for current browsers.'),
  'rule/inlinedAssets': rule('InlinedAssets', 'A large file inside the code', 'Let it be a file of its own.'),
  'rule/unused': rule('Unused', 'An emitted file that nothing refers to', 'Remove what emits it.'),
}

/** The rule of an id; one for ids these lists do not know. */
export function sarifRule(id: string): SarifRule {
  return (
    RULES[id] ??
    GRAPH_RULES[id] ?? {
      name: id.replace(/^.*\//, '').replace(/(?:^|\W)(\w)/g, (_, letter: string) => letter.toUpperCase()),
      short: `The rule ${id.replace(/^.*\//, '')} does not hold`,
      full: 'A rule of the module graph that the team set in its Vite config does not hold.',
      help: WHY,
    }
  )
}
