import type { Expression } from 'oxc-parser'
import { propertyOf } from '../syntax/nodes.ts'
import { automatic, same, type OptionMove } from '../move.ts'
import type { PluginTool } from './plugin-tool.ts'

const FILES = new Set(['gzip', 'gz', 'brotli', 'br', 'brotliCompress', 'zstd', 'zstandard'])
const NO_SERVER = 'no server looks for such files'

/** @see https://github.com/nonzzz/vite-plugin-compression */
export const compression2: PluginTool = {
  package: 'vite-plugin-compression2',
  factories: ['compression', 'default'],
  turnsOff: 'compress',
  instead: 'compress',
  rules: {
    include: same('compress.include', 'Globs are relative to the output directory.'),
    exclude: same('compress.exclude', 'Globs are relative to the output directory.'),
    threshold: same('compress.threshold', 'The default is 1024 instead of 0.'),
    algorithms: {
      becomes: '`compress.algorithms`',
      note: `The default has zstd, too. \`deflate\` and \`deflateRaw\` go: ${NO_SERVER}.`,
      move: moveAlgorithms,
    },
    filename: same('compress.filename'),
    deleteOriginalAssets: {
      becomes: '`compress.deleteOriginalAssets`',
      note: 'With `delivery: false`: what is delivered later needs the originals.',
      move: (option) => deleteOriginals(option),
    },
    skipIfLargerOrEqual: same('compress.skipIfLargerOrEqual'),
    logLevel: same('compress.logLevel', 'Hides no failure.'),
    artifacts: same('compress.artifacts'),
    scheduler: automatic('Work is bounded by cores and by `cache.memory`.'),
  },
}

export function deleteOriginals(option: OptionMove): void {
  if (option.is(false)) {
    option.automatic('Originals stay unless told otherwise.')
    return
  }
  option.to('compress.deleteOriginalAssets')
  option.also('delivery', 'false')
}

function moveAlgorithms(option: OptionMove): void {
  if (option.node.type !== 'ArrayExpression') {
    option.stays('is not a list that can be read without running it')
    return
  }
  const items: string[] = []
  for (const element of option.node.elements) {
    if (element === null) continue
    if (element.type === 'SpreadElement') return option.stays('has a spread in its list')
    const item = algorithmCode(option, element)
    if (item !== undefined) items.push(item)
  }
  if (items.length === 0) option.stays('has nothing left that servers look for')
  else option.to('compress.algorithms', items)
}

/** `defineAlgorithm(name, options)` makes a pair of both, which is how it is written without it. */
function algorithmCode(option: OptionMove, element: Expression): string | undefined {
  const isDefined =
    element.type === 'CallExpression' &&
    element.callee.type === 'Identifier' &&
    element.callee.name === 'defineAlgorithm'
  const [algorithm, settings] = isDefined
    ? element.arguments
    : element.type === 'ArrayExpression'
      ? element.elements
      : [element, undefined]
  if (!algorithm) return undefined
  const name = option.text(algorithm as Expression)
  if (name !== undefined && !FILES.has(name)) {
    option.none(`\`${name}\`: ${NO_SERVER}`)
    return undefined
  }
  const isFunction = name === undefined
  if (!settings && !isFunction) return option.code(algorithm)
  return `[${option.code(algorithm)}, ${settings ? option.code(settings) : '{}'}]`
}

/** Whether an option stands beside another one. */
export function sibling(option: OptionMove, name: string): Expression | undefined {
  return option.siblings && propertyOf(option.siblings, name)
}
