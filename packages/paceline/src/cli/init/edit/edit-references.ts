import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { existsSync } from 'node:fs'
import type { TypeReference } from '../app/scan-sources.ts'
import { rootOf } from '../app/load-tool-config.ts'
import { editList } from '../syntax/edit-list.ts'
import { objectAt, propertyOf, unwrap } from '../syntax/nodes.ts'
import { editJson, type Span } from '../syntax/parse.ts'

const TSCONFIGS = ['tsconfig.json', 'tsconfig.app.json', 'tsconfig.node.json', 'jsconfig.json']

export interface EditedFile {
  /** Relative to the app's directory. */
  readonly file: string
  readonly before: string
  readonly after: string
}

/** Removes types of packages that are gone: from `/// <reference>` lines, and from `compilerOptions.types`. */
export async function dropTypes(
  directory: string,
  references: readonly TypeReference[],
  packages: ReadonlySet<string>,
): Promise<EditedFile[]> {
  const isGone = (types: string): boolean => packages.has(types.split('/')[0]!)
  const files = new Set(references.filter(({ what }) => isGone(what)).map(({ file }) => file))
  const edited: EditedFile[] = []
  for (const file of files) {
    const before = await readFile(join(directory, file), 'utf8')
    const line = /^[ \t]*\/\/\/\s*<reference\s+types=["']([^"']+)["']\s*\/>[ \t]*\r?\n?/gm
    edited.push({ file, before, after: before.replace(line, (whole, types: string) => (isGone(types) ? '' : whole)) })
  }
  for (const file of TSCONFIGS.filter((name) => existsSync(join(directory, name)))) {
    const before = await readFile(join(directory, file), 'utf8')
    edited.push({ file, before, after: dropCompilerTypes(before, file, isGone) })
  }
  return edited.filter(({ before, after }) => before !== after)
}

function dropCompilerTypes(text: string, file: string, isGone: (types: string) => boolean): string {
  return editJson(text, file, (source) => {
    const root = rootOf(source)
    const options = root?.type === 'ObjectExpression' ? objectAt(root, ['compilerOptions']) : undefined
    const value = options && propertyOf(options, 'types')
    const list = value && unwrap(value)
    if (list?.type !== 'ArrayExpression') return source.text
    const items = list.elements.filter((element) => element !== null)
    const removed = items.filter(
      (item) => item.type === 'Literal' && typeof item.value === 'string' && isGone(item.value),
    )
    return removed.length === 0 ? source.text : editList(source, { list, items, removed: new Set<Span>(removed) })
  })
}
