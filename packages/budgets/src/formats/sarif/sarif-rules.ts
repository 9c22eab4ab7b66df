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

/** The rule of an id; one for ids this list does not know, such as those of rules of the graph. */
export function sarifRule(id: string): SarifRule {
  return (
    RULES[id] ?? {
      name: id.replace(/^.*\//, '').replace(/(?:^|\W)(\w)/g, (_, letter: string) => letter.toUpperCase()),
      short: `The rule ${id.replace(/^.*\//, '')} does not hold`,
      full: 'A rule of the module graph that the team set in its Vite config does not hold.',
      help: WHY,
    }
  )
}
