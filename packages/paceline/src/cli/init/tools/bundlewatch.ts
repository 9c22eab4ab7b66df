import { automatic, none, type OptionMove, type OptionRules } from '../move.ts'
import { propertyOf } from '../syntax/nodes.ts'
import type { ConfigFile, ConfigTool } from './config-tool.ts'

const ENCODINGS: Readonly<Record<string, string>> = { gzip: 'gzip', brotli: 'brotli', none: 'raw' }

const rules: OptionRules = {
  'files.path': {
    becomes: '`budgets.files`',
    note: 'Relative to the output directory. Each matching file is held to the limit.',
    move: () => {},
  },
  'files.maxSize': {
    becomes: '`budgets.files[…].each`',
    note: 'A kB of bundlewatch has 1024 bytes: `100kB` is `100 KiB`.',
    move: () => {},
  },
  'files.compression': { becomes: '`budgets.files[…].encoding`', note: '`none` is `raw`.', move: () => {} },
  defaultCompression: { becomes: '`budgets.files[…].encoding`', note: 'gzip, unless said otherwise.', move: () => {} },
  normalizeFilenames: automatic('Globs match hashed names, and each file is held to the limit by itself.'),
  bundlewatchServiceHost: none('There is no service: `budgets.baseline` compares with a saved report or a git ref.'),
  'ci.trackBranches': none('Compare with `paceline check --baseline origin/main`.'),
  'ci.repoBranchBase': none('Compare with `paceline check --baseline origin/main`.'),
  'ci.githubAccessToken': none('There is no service; `paceline check --github` writes annotations.'),
  'ci.repoOwner': none('There is no service; `paceline check --github` writes annotations.'),
  'ci.repoName': none('There is no service; `paceline check --github` writes annotations.'),
  'ci.repoCurrentBranch': none('There is no service; `paceline check --github` writes annotations.'),
  'ci.commitSha': none('There is no service; `paceline check --github` writes annotations.'),
}

/** @see https://bundlewatch.io/reference/configuration */
export const bundlewatch: ConfigTool = {
  package: 'bundlewatch',
  instead: 'budgets.files, and `paceline check`',
  files: [
    'bundlewatch.config.json',
    'bundlewatch.config.js',
    'bundlewatch.config.cjs',
    '.bundlewatch.config.json',
    '.bundlewatch.config.js',
    '.bundlewatchrc.json',
  ],
  field: 'bundlewatch',
  packages: /^(?:bundlewatch|brotli-size)$/,
  rules,
  read,
  commands: /^bundlewatch$/,
  script: (_command, args) => {
    // Files on the command line are limits that are nowhere else.
    if (args.some((arg, index) => !arg.startsWith('-') && args[index - 1] !== '--config')) return undefined
    return { command: 'paceline check' }
  },
}

interface Entry {
  readonly path?: unknown
  readonly maxSize?: unknown
  readonly compression?: unknown
}

function read(config: OptionMove, file: ConfigFile): void {
  const { node } = config
  const files = node.type === 'ObjectExpression' ? propertyOf(node, 'files') : undefined
  const entries = files && config.read(files)
  if (node.type !== 'ObjectExpression' || !files || !entries?.known || !Array.isArray(entries.value)) {
    return config.stays('has no `files` that can be read without running it')
  }
  const compression = propertyOf(node, 'defaultCompression')
  const byDefault = compression ? config.text(compression) : 'gzip'
  for (const entry of entries.value as readonly Entry[]) moveEntry(config.part('files', files), entry, byDefault)
  applyOthers(config)
  file.remove()
}

function applyOthers(config: OptionMove): void {
  if (config.node.type !== 'ObjectExpression') return
  for (const name of ['normalizeFilenames', 'bundlewatchServiceHost', 'ci']) {
    const value = propertyOf(config.node, name)
    const rule = rules[name] ?? rules['ci.githubAccessToken']
    if (value) rule?.move(config.part(name, value))
  }
}

function moveEntry(option: OptionMove, { path, maxSize, compression }: Entry, byDefault: string | undefined): void {
  const encoding = ENCODINGS[String(compression ?? byDefault)]
  const limit = sizeOf(maxSize)
  const glob = typeof path === 'string' ? inOutDir(path, option.facts.outDir) : undefined
  if (glob === undefined) return option.stays(`\`${String(path)}\` is not below the output directory`)
  if (encoding === undefined)
    return option.stays(`\`${String(compression ?? byDefault)}\` is no compression of bundlewatch`)
  if (limit === undefined)
    return option.stays(`\`${String(maxSize)}\` is no size that bundlewatch would hold \`${glob}\` to`)
  option.to(['budgets', 'files', glob], option.print({ each: limit, encoding }))
}

/** The glob from the output directory, `./dist/assets/*.js` → `assets/*.js`. */
export function inOutDir(path: string, outDir: string): string | undefined {
  const plain = path.replace(/^\.\//, '')
  return plain.startsWith(`${outDir}/`) ? plain.slice(outDir.length + 1) : undefined
}

const UNITS = ['', 'KiB', 'MiB', 'GiB']

/** A size as the package `bytes` reads it: powers of 1024, whatever the unit is called. */
function sizeOf(size: unknown): string | number | undefined {
  if (typeof size === 'number') return size
  const match = typeof size === 'string' ? /^(\d+(?:\.\d+)?) *(b|kb|mb|gb)?$/i.exec(size.trim()) : null
  if (!match) return undefined
  const power = ['b', 'kb', 'mb', 'gb'].indexOf((match[2] ?? 'b').toLowerCase())
  return power === 0 ? Math.floor(Number(match[1])) : `${match[1]} ${UNITS[power]}`
}
