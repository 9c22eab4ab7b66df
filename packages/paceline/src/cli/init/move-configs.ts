import { dirname, join, relative } from 'node:path'
import type { AppFacts } from './app/app-facts.ts'
import { loadToolConfig, type ToolConfig } from './app/load-tool-config.ts'
import type { App } from './app/read-app.ts'
import { emptyMove, OptionMove, type Move } from './move.ts'
import type { Style } from './options-tree.ts'
import type { ConfigFile, ConfigTool } from './tools/config-tool.ts'
import { configTools } from './tools/known-tools.ts'

/** A tool with a configuration of its own, as it was found in the app. */
export interface MovedConfig {
  /** Where its configuration is, relative to the app's directory. */
  readonly file: string
  readonly tool: ConfigTool
  readonly move: Move
  /** Whether nothing of it is left. */
  readonly isReplaced: boolean
  readonly measure: readonly string[]
  /** Files that go, and what comes in their place. */
  readonly files: readonly { readonly file: string; readonly content: string | undefined }[]
  /** Its field in package.json goes. */
  readonly dropsField: boolean
}

/** Reads the configurations of all known tools that the app has. */
export async function moveConfigs(app: App, facts: AppFacts, style: Style): Promise<MovedConfig[]> {
  const moved: MovedConfig[] = []
  for (const tool of configTools) {
    const config = await loadToolConfig(app, tool)
    if (config) moved.push(moveConfig(tool, config, app, facts, style))
  }
  return moved
}

function moveConfig(tool: ConfigTool, config: ToolConfig, app: App, facts: AppFacts, style: Style): MovedConfig {
  const move = emptyMove()
  const measure: string[] = []
  const files: { file: string; content: string | undefined }[] = []
  let isRemoved = false
  const handle: ConfigFile = {
    file: config.file,
    fromRoot: relative(facts.root, join(app.directory, config.file)).replaceAll('\\', '/'),
    isField: config.isField,
    isJson: config.isJson,
    replaceBy(file, content) {
      files.push({ file: config.file, content: undefined }, { file: join(dirname(config.file), file), content })
    },
    remove() {
      isRemoved = true
    },
    measureWith: (...args) => void measure.push(...args),
  }
  if (config.value) {
    const name = config.isField ? (tool.field ?? '') : config.file
    const subject = { tool: tool.package, name, source: config.source, node: config.value }
    tool.read(new OptionMove(move, subject, facts, style), handle)
  } else {
    const text = 'cannot be read without running it'
    move.left.push({ tool: tool.package, subject: config.file, at: `${config.file}:1`, text })
  }
  const isReplaced = move.left.length === 0
  if (isReplaced && isRemoved && !config.isField) files.push({ file: config.file, content: undefined })
  return {
    tool,
    file: config.file,
    // What stays goes on checking all that it has checked.
    move: isReplaced || tool.isPartial ? move : { ...emptyMove(), left: move.left },
    isReplaced,
    measure,
    files: isReplaced ? files : [],
    dropsField: isReplaced && isRemoved && config.isField,
  }
}
