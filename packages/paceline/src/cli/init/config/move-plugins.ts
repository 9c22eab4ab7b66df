import type { Expression, ObjectExpression } from 'oxc-parser'
import type { AppFacts } from '../app/app-facts.ts'
import { emptyMove, OptionMove, type Move, type Note } from '../move.ts'
import type { Style } from '../options-tree.ts'
import { constantOf, unwrap } from '../syntax/nodes.ts'
import { placeOf, type Source } from '../syntax/parse.ts'
import { applyRules } from '../tools/apply-rules.ts'
import { pluginTools } from '../tools/known-tools.ts'
import type { PluginTool } from '../tools/plugin-tool.ts'
import { findPlugins, type FoundPlugin, type PluginList } from './find-plugins.ts'
import { importsFrom } from './plugin-imports.ts'

/** What becomes of the plugins of a config. */
export interface MovedPlugins {
  readonly moves: readonly Move[]
  /** Packages whose plugins go. */
  readonly replaced: ReadonlySet<string>
  /** Constants that held the options of a plugin that goes. */
  readonly constants: readonly string[]
}

interface ToolMove {
  readonly tool: PluginTool
  readonly moves: readonly Move[]
  readonly constants: readonly string[]
  readonly left: readonly Note[]
}

/** Packages that are known as plugins. */
export const PLUGIN_PACKAGES: readonly string[] = pluginTools.map((tool) => tool.package)

/** The plugins of known tools in a config, whether they can be moved or not. */
export function knownPlugins(source: Source, lists: readonly PluginList[]): FoundPlugin[] {
  const imports = importsFrom(source.program, PLUGIN_PACKAGES)
  return lists.flatMap((list) => findPlugins(list, imports))
}

/** Reads the options of all known plugins. A tool moves as a whole: of two calls, both or none. */
export function movePlugins(source: Source, lists: readonly PluginList[], facts: AppFacts, style: Style): MovedPlugins {
  const found = knownPlugins(source, lists)
  const tools = pluginTools.flatMap((tool): ToolMove[] => {
    const plugins = found.filter(({ from }) => from.package === tool.package)
    return plugins.length === 0 ? [] : [moveTool(tool, plugins, source, facts, style)]
  })
  // Two tools for one job, one of which stays: both stay, or the job would be done twice.
  const off = new Set(tools.flatMap(({ tool, left }) => (left.length > 0 && tool.turnsOff ? [tool.turnsOff] : [])))
  const stays = ({ tool, left }: ToolMove): boolean =>
    left.length > 0 || (tool.turnsOff !== undefined && off.has(tool.turnsOff))
  const moved = tools.filter((one) => !stays(one))
  return {
    moves: [
      ...tools.filter(stays).map((one) => ({ ...emptyMove(), left: [...leftNotes(one, source, found)] })),
      ...moved.flatMap(({ moves }) => moves),
      turnedOff(off),
    ],
    replaced: new Set(moved.map(({ tool }) => tool.package)),
    constants: moved.flatMap(({ constants }) => constants),
  }
}

function leftNotes({ tool, left }: ToolMove, source: Source, found: readonly FoundPlugin[]): readonly Note[] {
  const until = tool.turnsOff === undefined ? '' : `; until then \`${tool.turnsOff}\` is off`
  if (left.length > 0) return left.map((note) => ({ ...note, text: note.text + until }))
  const element = found.find(({ from }) => from.package === tool.package)!.element
  const text = `another plugin for the same job stays${until}`
  return [{ tool: tool.package, subject: tool.package, at: placeOf(source, element), text }]
}

function turnedOff(areas: ReadonlySet<string>): Move {
  const settings = [...areas].map((area) => ({
    path: [area],
    code: 'false',
    note: { tool: area, subject: area, at: 'vite.config' },
  }))
  return { ...emptyMove(), settings }
}

function moveTool(
  tool: PluginTool,
  plugins: readonly FoundPlugin[],
  source: Source,
  facts: AppFacts,
  style: Style,
): ToolMove {
  const needed = tool.needed?.(facts)
  const constants: string[] = []
  const moves = plugins.map((plugin) => {
    const move = emptyMove()
    const note = { tool: tool.package, subject: plugin.from.local, at: placeOf(source, plugin.element) }
    const problem = problemOf(tool, plugin)
    if (problem !== undefined) move.left.push({ ...note, text: problem })
    else moveCall(tool, plugin, source, move, { facts, style, constants })
    return move
  })
  const uses = (needed?.uses ?? []).map(({ at, what }) => ({
    tool: tool.package,
    subject: what,
    at,
    text: needed!.because,
  }))
  return { tool, moves, constants, left: [...moves.flatMap(({ left }) => left), ...uses] }
}

function problemOf(tool: PluginTool, { call, from, element }: FoundPlugin): string | undefined {
  if (!tool.factories.includes(from.imported)) return `\`${from.imported}\` has no equivalent`
  if (call) return undefined
  return element.type === 'SpreadElement' ? 'is spread into the list' : 'is not a plain call in the list of plugins'
}

function moveCall(
  tool: PluginTool,
  { call, from }: FoundPlugin,
  source: Source,
  move: Move,
  { facts, style, constants }: { facts: AppFacts; style: Style; constants: string[] },
): void {
  const [argument] = call!.arguments
  const options = argument && optionsOf(argument as Expression, source, constants)
  const whole = new OptionMove(
    move,
    { tool: tool.package, name: `${from.local}()`, source, node: call!, siblings: options },
    facts,
    style,
  )
  if (argument && !options) return whole.stays('has options that are not an object literal of this file')
  tool.always?.(whole)
  if (options) applyRules(whole, options, tool.rules)
}

function optionsOf(argument: Expression, { program }: Source, constants: string[]): ObjectExpression | undefined {
  const node = unwrap(argument)
  if (node.type === 'ObjectExpression') return node
  const init = node.type === 'Identifier' ? constantOf(program, node.name)?.init : undefined
  const value = init && unwrap(init)
  if (node.type !== 'Identifier' || value?.type !== 'ObjectExpression') return undefined
  constants.push(node.name)
  return value
}
