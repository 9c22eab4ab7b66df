import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Expression } from 'oxc-parser'
import { keyName, unwrap } from '../syntax/nodes.ts'
import { parseJson, parseModule, type Source } from '../syntax/parse.ts'
import type { ConfigTool } from '../tools/config-tool.ts'
import type { App } from './read-app.ts'

/** The configuration of a tool beside Vite's. */
export interface ToolConfig {
  /** Relative to the directory of package.json. */
  readonly file: string
  readonly text: string
  readonly isField: boolean
  readonly isJson: boolean
  readonly source: Source
  /** Its whole value; nothing when it cannot be read. */
  readonly value: Expression | undefined
}

/**
 * The configuration of a tool: its field in package.json, or the first of its files that is there.
 *
 * @returns nothing when it has none
 * @throws `PACELINE_INIT_SYNTAX`
 */
export async function loadToolConfig(app: App, tool: ConfigTool): Promise<ToolConfig | undefined> {
  if (tool.field !== undefined) {
    const source = parseJson(app.packageJson.text, app.packageJson.file)
    const field = fieldOf(source, tool.field)
    if (field) {
      const { file, text } = app.packageJson
      return { file, text, isField: true, isJson: true, source, value: field }
    }
  }
  const file = tool.files.find((name) => existsSync(join(app.directory, name)))
  if (file === undefined) return undefined
  const text = await readFile(join(app.directory, file), 'utf8')
  const isModule = /\.[cm]?[jt]s$/.test(file)
  if (/\.ya?ml$/.test(file)) {
    return { file, text, isField: false, isJson: false, source: parseModule('', file), value: undefined }
  }
  const source = isModule ? parseModule(text, file) : parseJson(text, file)
  return { file, text, isField: false, isJson: !isModule, source, value: rootOf(source) }
}

/** The object that a package.json is, or a field of it. */
export function fieldOf(source: Source, name: string): Expression | undefined {
  const root = rootOf(source)
  if (root?.type !== 'ObjectExpression') return undefined
  const property = root.properties.find((one) => one.type === 'Property' && keyName(one.key) === name)
  return property?.type === 'Property' ? unwrap(property.value) : undefined
}

/** The value of JSON, or what a module exports: `export default …`, `module.exports = …`. */
export function rootOf({ program }: Source): Expression | undefined {
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration') return unwrap(statement.declaration as Expression)
    if (statement.type !== 'ExpressionStatement') continue
    const expression = unwrap(statement.expression)
    if (expression.type !== 'AssignmentExpression') return expression.type === 'Literal' ? undefined : expression
    return unwrap(expression.right)
  }
  return undefined
}
