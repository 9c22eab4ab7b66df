import type { ObjectExpression } from 'oxc-parser'
import type { Style } from '../options-tree.ts'
import { indentAt } from '../syntax/edit-list.ts'
import type { Source } from '../syntax/parse.ts'

/** How a config is written, so that what is added looks like the rest. */
export function styleOf({ text, program }: Source, config: ObjectExpression): Style {
  const first = program.body.find((statement) => statement.type === 'ImportDeclaration')
  const semicolon = first ? text[first.end - 1] === ';' : /;\s*$/m.test(text)
  const last = config.properties.at(-1)
  const behind = last ? text.slice(last.end, config.end).trimStart() : ''
  return {
    quote: first && text[first.source.start] === '"' ? '"' : "'",
    indent: indentOf(text, config),
    semicolons: semicolon,
    trailingCommas: behind === '' || behind.startsWith(','),
  }
}

/** One level, from the first property of the config on a line of its own. */
function indentOf(text: string, { start, properties }: ObjectExpression): string {
  const outer = indentAt(text, start)
  for (const property of properties) {
    const inner = indentAt(text, property.start)
    if (inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length)
  }
  return '  '
}
