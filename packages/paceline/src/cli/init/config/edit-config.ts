import type { ObjectExpression } from 'oxc-parser'
import { printOptions, type OptionsTree, type Style } from '../options-tree.ts'
import { editList, indentAt } from '../syntax/edit-list.ts'
import { keyName, unwrap } from '../syntax/nodes.ts'
import { parseModule, type Source, type Span } from '../syntax/parse.ts'
import { withUnixLines } from '../syntax/line-ends.ts'
import { addImport, dropConstants, dropImports, usedImports } from './edit-statements.ts'
import { findConfig } from './find-config.ts'
import { pluginLists, type PluginList } from './find-plugins.ts'
import { knownPlugins } from './move-plugins.ts'

export interface ConfigEdit {
  /** Packages whose plugins go. */
  readonly replaced: ReadonlySet<string>
  readonly constants: readonly string[]
  readonly tree: OptionsTree
  readonly style: Style
}

/** The text of a config with `paceline()` in place of what it stands in for. */
export function editConfig(written: string, file: string, edit: ConfigEdit): string {
  return withUnixLines(written, (text) => editText(text, file, edit))
}

function editText(text: string, file: string, edit: ConfigEdit): string {
  const wasUsed = usedImports(parseModule(text, file))
  const steps: ((source: Source) => string)[] = [
    (source) => dropFromBundler(source, edit),
    (source) => editPlugins(source, edit),
    (source) => dropConstants(source, edit.constants),
    (source) => dropImports(source, wasUsed, edit.replaced),
    (source) => addImport(source, edit.style),
  ]
  return steps.reduce((before, step) => step(parseModule(before, file)), text)
}

/** `paceline()` as it is written among the plugins. */
export interface PacelineCall {
  readonly at: Span
  /** Whether it has no options. */
  readonly isPlain: boolean
  /** Its options, where they are written there. */
  readonly options: ObjectExpression | undefined
}

/** Finds `paceline()` among the plugins. */
export function findPaceline(source: Source, list: PluginList): PacelineCall | undefined {
  for (const element of list.array.elements) {
    if (element === null || element.type === 'SpreadElement') continue
    const node = unwrap(element)
    if (node.type === 'CallExpression' && source.text.slice(node.callee.start, node.callee.end) === 'paceline') {
      const [first] = node.arguments
      const options = first === undefined || first.type === 'SpreadElement' ? undefined : unwrap(first)
      return {
        at: element,
        isPlain: first === undefined,
        options: options?.type === 'ObjectExpression' ? options : undefined,
      }
    }
  }
  return undefined
}

function editPlugins(source: Source, edit: ConfigEdit): string {
  const config = findConfig(source)
  const list = pluginLists(source, config).find(({ isMain }) => isMain)
  const options = (outer: string): string => (edit.tree.size === 0 ? '' : printOptions(edit.tree, edit.style, outer))
  if (!list) {
    const outer = innerIndent(source, config, edit.style)
    return editList(source, {
      list: config,
      items: config.properties,
      added: [{ code: `plugins: [paceline(${options(outer)})]` }],
    })
  }
  const items = list.array.elements.filter((element) => element !== null)
  const isLined = items.some((item) => source.text.slice(list.array.start, item.start).includes('\n'))
  const around = indentAt(source.text, list.array.start)
  const outer = isLined ? indentAt(source.text, items[0]!.start) : around
  const short = `paceline(${options(outer)})`
  // Options of several lines do not fit into a list on one.
  const lines = !isLined && short.includes('\n') ? { around, inner: around + edit.style.indent } : undefined
  const code = lines ? `paceline(${options(lines.inner)})` : short
  const old = findPaceline(source, list)?.at
  const removed = new Set<Span>([...goneFrom(source, list, edit), ...(old ? [old] : [])])
  return editList(source, {
    list: list.array,
    items,
    removed,
    added: [{ code }],
    lines: lines && { ...lines, trailingComma: edit.style.trailingCommas },
  })
}

/** Takes plugins out of `build.rollupOptions.plugins`, and what is empty then. */
function dropFromBundler(source: Source, edit: ConfigEdit): string {
  const config = findConfig(source)
  for (const list of pluginLists(source, config)) {
    const removed = new Set<Span>(goneFrom(source, list, edit))
    if (list.isMain || removed.size === 0) continue
    const items = list.array.elements.filter((element) => element !== null)
    const changed =
      removed.size < items.length
        ? editList(source, { list: list.array, items, removed })
        : dropProperty(source, config, list.array)
    // Another such list may be there, too.
    return dropFromBundler(parseModule(changed, source.file), edit)
  }
  return source.text
}

/** Removes the property that holds a value, and the objects around it that would be empty. */
function dropProperty(source: Source, config: ObjectExpression, value: Span): string {
  let object = config
  let target = { object, property: undefined as Span | undefined }
  for (;;) {
    const holder: ObjectExpression = object
    const property = holder.properties.find(({ start, end }) => start <= value.start && end >= value.end)
    if (property?.type !== 'Property') break
    // The outermost object that has nothing else; one with more in it is where the cut is made.
    if (target.property === undefined || holder.properties.length > 1) target = { object: holder, property }
    const inner = unwrap(property.value)
    if (inner.type !== 'ObjectExpression' || keyName(property.key) === 'plugins') break
    object = inner
  }
  const { object: list, property } = target
  return property === undefined
    ? source.text
    : editList(source, { list, items: list.properties, removed: new Set([property]) })
}

function goneFrom(source: Source, list: PluginList, { replaced }: ConfigEdit): Span[] {
  return knownPlugins(source, [list])
    .filter(({ from }) => replaced.has(from.package))
    .map(({ element }) => element)
}

function innerIndent(source: Source, config: ObjectExpression, style: Style): string {
  const [first] = config.properties
  return first ? indentAt(source.text, first.start) : indentAt(source.text, config.start) + style.indent
}
