import type { ArrayExpression, CallExpression, Expression, ObjectExpression } from 'oxc-parser'
import { constantOf, keyName, objectAt, propertyOf, unwrap, walk } from '../syntax/nodes.ts'
import type { Source } from '../syntax/parse.ts'
import type { PluginImport } from './plugin-imports.ts'
import { refuse } from './find-config.ts'

/** Lists of plugins in a Vite config. The first is Vite's own; visualizer is often among the bundler's. */
const PLACES = [[], ['build', 'rollupOptions'], ['build', 'rolldownOptions']] as const

export interface PluginList {
  readonly array: ArrayExpression
  /** Whether it is Vite's own, where `paceline()` belongs. */
  readonly isMain: boolean
}

/** A plugin of a tool that is known here, in a list of plugins. */
export interface FoundPlugin {
  readonly list: PluginList
  /** The element of the list that it is, or lies somewhere in. */
  readonly element: ArrayExpression['elements'][number] & object
  readonly from: PluginImport
  /** The call; nothing when it is made under a condition, spread, or wrapped by something else. */
  readonly call: CallExpression | undefined
}

/**
 * The lists of plugins that a config has.
 *
 * @throws `PACELINE_INIT_CONFIG_SHAPE` when Vite's own is not a list that can be read
 */
export function pluginLists(source: Source, config: ObjectExpression): PluginList[] {
  const spread = config.properties.find((property) => property.type === 'SpreadElement')
  if (spread && !propertyOf(config, 'plugins')) {
    const name = source.text.slice(spread.argument.start, spread.argument.end)
    throw refuse(source, spread, `has no \`plugins\` of its own, but spreads \`${name}\``)
  }
  return PLACES.flatMap((path) => {
    const object = objectAt(config, path)
    const value = object && propertyOf(object, 'plugins')
    if (!value) return []
    const array = arrayOf(source, value)
    if (array) return [{ array, isMain: path.length === 0 }]
    if (path.length > 0) return []
    throw refuse(
      source,
      value,
      `takes its plugins from \`${source.text.slice(value.start, value.end).split('\n')[0]}\``,
    )
  })
}

function arrayOf(source: Source, expression: Expression): ArrayExpression | undefined {
  const node = unwrap(expression)
  if (node.type === 'ArrayExpression') return node
  if (node.type === 'Identifier') {
    const init = constantOf(source.program, node.name)?.init
    return init ? arrayOf(source, init) : undefined
  }
  // `[…].filter(Boolean)`
  const isFilter =
    node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && !node.callee.computed
      ? keyName(node.callee.property as never) === 'filter'
      : false
  return isFilter ? arrayOf(source, ((node as CallExpression).callee as { object: Expression }).object) : undefined
}

/** Plugins in a list that come from one of these imports. */
export function findPlugins(list: PluginList, imports: readonly PluginImport[]): FoundPlugin[] {
  return list.array.elements.flatMap((element): FoundPlugin[] => {
    if (element === null) return []
    const direct = element.type === 'SpreadElement' ? undefined : callOf(element, imports)
    if (direct) return [{ list, element, ...direct }]
    const hidden = new Set<PluginImport>()
    walk(element, (node) => {
      const from = imports.find(({ local }) => node.type === 'Identifier' && (node as { name?: string }).name === local)
      if (from) hidden.add(from)
    })
    return [...hidden].map((from) => ({ list, element, from, call: undefined }))
  })
}

function callOf(
  element: Expression,
  imports: readonly PluginImport[],
): { readonly from: PluginImport; readonly call: CallExpression } | undefined {
  const node = unwrap(element)
  if (node.type !== 'CallExpression') return undefined
  const { callee } = node
  const from = imports.find(({ local }) => callee.type === 'Identifier' && callee.name === local)
  return from && { from, call: node }
}
