import type { Expression } from 'oxc-parser'
import { fieldOf, rootOf } from '../app/load-tool-config.ts'
import { editList, indentAt } from '../syntax/edit-list.ts'
import { keyName } from '../syntax/nodes.ts'
import { editJson, type Source, type Span } from '../syntax/parse.ts'

const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
const FILE = 'package.json'

/** The names of all dependencies. */
export function dependencyNames(source: Source): string[] {
  return SECTIONS.flatMap((section) => propertiesOf(fieldOf(source, section)).map(({ name }) => name))
}

/** Removes dependencies that a test picks. The rest keeps its order and its form. */
export function dropDependencies(text: string, isGone: (name: string) => boolean): string {
  return SECTIONS.reduce((before, section) => {
    return editJson(before, FILE, (source) => {
      const object = fieldOf(source, section)
      const gone = propertiesOf(object).filter(({ name }) => isGone(name))
      if (object?.type !== 'ObjectExpression' || gone.length === 0) return source.text
      const removed = new Set<Span>(gone.map(({ span }) => span))
      return editList(source, { list: object, items: object.properties, removed })
    })
  }, text)
}

/** Adds a development dependency where its name sorts in. */
export function addDevDependency(text: string, name: string, version: string): string {
  return editJson(text, FILE, (source) => {
    const code = `${JSON.stringify(name)}: ${JSON.stringify(version)}`
    const object = fieldOf(source, 'devDependencies')
    if (object?.type === 'ObjectExpression') {
      const next = propertiesOf(object).findIndex((property) => property.name > name)
      const at = next < 0 ? object.properties.length : next
      // The last of those that went may have left it empty.
      const around = indentAt(source.text, object.start)
      const isLined = object.properties.length === 0 && around !== ''
      const lines = isLined ? { around, inner: around + around, trailingComma: false } : undefined
      return editList(source, { list: object, items: object.properties, added: [{ code, at }], lines })
    }
    const root = rootOf(source)
    if (root?.type !== 'ObjectExpression') return source.text
    const [first] = root.properties
    const indent = first ? (/[ \t]*$/.exec(source.text.slice(0, first.start))?.[0] ?? '  ') : '  '
    const section = `"devDependencies": {\n${indent}${indent}${code}\n${indent}}`
    return editList(source, { list: root, items: root.properties, added: [{ code: section }] })
  })
}

/** Removes a field of the top level. */
export function dropField(text: string, name: string): string {
  return editJson(text, FILE, (source) => {
    const root = rootOf(source)
    const gone = propertiesOf(root).find((property) => property.name === name)
    if (root?.type !== 'ObjectExpression' || !gone) return source.text
    return editList(source, { list: root, items: root.properties, removed: new Set([gone.span]) })
  })
}

/** A script and where its value is, in the text of the parsed file. */
export interface Script extends Span {
  readonly name: string
  readonly command: string
}

export function scriptsOf(source: Source): Script[] {
  return propertiesOf(fieldOf(source, 'scripts')).flatMap(({ name, value }) =>
    value.type === 'Literal' && typeof value.value === 'string'
      ? [{ name, command: value.value, start: value.start, end: value.end }]
      : [],
  )
}

/** Writes scripts anew. */
export function editScripts(text: string, changed: ReadonlyMap<string, string>): string {
  return editJson(text, FILE, (source) =>
    scriptsOf(source)
      .toReversed()
      .reduce((before, { name, start, end }) => {
        const command = changed.get(name)
        return command === undefined ? before : before.slice(0, start) + JSON.stringify(command) + before.slice(end)
      }, source.text),
  )
}

function propertiesOf(object: ReturnType<typeof fieldOf>): { name: string; span: Span; value: Expression }[] {
  if (object?.type !== 'ObjectExpression') return []
  return object.properties.flatMap((property) => {
    const name = property.type === 'Property' ? keyName(property.key) : undefined
    if (property.type !== 'Property' || name === undefined) return []
    return [{ name, span: property, value: property.value }]
  })
}
