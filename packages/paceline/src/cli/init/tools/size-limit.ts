import { stays, type OptionMove, type OptionRule, type OptionRules } from '../move.ts'
import { applyRules } from './apply-rules.ts'
import type { ConfigFile, ConfigTool } from './config-tool.ts'

/** Both read the file: there is nothing to say of each of its options. */
const sameFile: OptionRule = { becomes: 'the same file', move: () => {} }
const BUNDLES = 'makes size-limit bundle or run the code; Paceline measures the emitted files'

/** Steps that are turned off are none. */
const unlessOff: OptionRule = {
  ...stays(`Unless turned off: it ${BUNDLES}.`),
  move: (option) => {
    const read = option.read()
    const isOff = read.known && (read.value === false || (Array.isArray(read.value) && read.value.length === 0))
    if (!isOff) option.stays(BUNDLES)
  },
}

const rules: OptionRules = {
  path: sameFile,
  limit: {
    becomes: 'the same file',
    note: 'A time (`1 s`) keeps size-limit.',
    move: (option) => {
      const read = option.read()
      if (read.known && typeof read.value === 'string' && /s$/i.test(read.value)) option.stays('is a time')
    },
  },
  name: sameFile,
  gzip: sameFile,
  brotli: sameFile,
  message: sameFile,
  module: sameFile,
  highlightLess: sameFile,
  disablePlugins: sameFile,
  ...Object.fromEntries(
    [
      'import',
      'entry',
      'config',
      'webpack',
      'esbuild',
      'rolldown',
      'running',
      'time',
      'ignore',
      'compareWith',
      'uiReports',
      'disableModuleConcatenation',
      'modifyWebpackConfig',
      'modifyEsbuildConfig',
      'modifyRolldownConfig',
    ].map((name) => [name, unlessOff]),
  ),
}

/** @see https://github.com/ai/size-limit */
export const sizeLimit: ConfigTool = {
  package: 'size-limit',
  instead: 'budgets.sizeLimit, and `paceline check`',
  files: [
    '.size-limit.json',
    '.size-limit',
    '.size-limit.js',
    '.size-limit.mjs',
    '.size-limit.cjs',
    '.size-limit.ts',
    '.size-limit.mts',
    '.size-limit.cts',
  ],
  field: 'size-limit',
  sharesFile: true,
  packages: /^(?:size-limit|@size-limit\/.+)$/,
  rules,
  read,
  commands: /^size-limit$/,
  script: (_command, args) => {
    if (args.includes('--why')) return { command: 'paceline report --open' }
    const kept = args.filter((flag) => flag === '--json')
    return { command: ['paceline check', ...kept].join(' '), dropped: args.filter((flag) => flag !== '--json') }
  },
}

function read(config: OptionMove, file: ConfigFile): void {
  const value = config.read()
  if (config.node.type !== 'ArrayExpression' || !value.known) {
    config.stays('is not a list of entries that can be read without running it')
    return
  }
  for (const [index, element] of config.node.elements.entries()) {
    if (element?.type !== 'ObjectExpression') config.stays(`its entry ${index} is not an object`)
    else applyRules(config, element, rules)
  }
  if (file.isJson || file.isField) {
    config.to('budgets.sizeLimit', config.print(file.fromRoot))
    return
  }
  // Paceline reads size-limit's JSON only.
  const json = '.size-limit.json'
  file.replaceBy(json, `${JSON.stringify(value.value, undefined, 2)}\n`)
  config.to('budgets.sizeLimit', config.print(file.fromRoot.replace(/[^/]*$/, json)))
}
