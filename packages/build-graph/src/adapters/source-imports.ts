import { extname } from 'node:path'
import type { WrittenImport } from '../core/specifiers.ts'
import { readSource } from './read-source.ts'

const PARSED: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx'])

/**
 * The imports of a source file as written, with their lines. JavaScript and TypeScript are parsed (oxc, whose module
 * record needs no syntax tree on this side); single-file components and the like are searched for import statements.
 * A file that cannot be read has none.
 *
 * @param code the file's text, if it is at hand
 */
export async function sourceImports(
  file: string,
  code: string | undefined = readSource(file),
): Promise<WrittenImport[]> {
  if (code === undefined) return []
  return PARSED.has(extname(file)) ? parsedImports(file, code) : foundImports(code)
}

async function parsedImports(file: string, code: string): Promise<WrittenImport[]> {
  const { parseSync } = await import('oxc-parser')
  const { module } = parseSync(file, code)
  const lineAt = lineCounter(code)
  const imports: WrittenImport[] = []
  for (const statement of module.staticImports) {
    const typeOnly = statement.entries.length > 0 && statement.entries.every((entry) => entry.isType)
    if (!typeOnly) {
      imports.push({ specifier: statement.moduleRequest.value, line: lineAt(statement.start), kind: 'static' })
    }
  }
  for (const statement of module.staticExports) {
    const from = statement.entries.find((entry) => entry.moduleRequest)?.moduleRequest
    if (from) imports.push({ specifier: from.value, line: lineAt(statement.start), kind: 'static' })
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const text = code.slice(moduleRequest.start, moduleRequest.end)
    const literal = /^(["'`])((?:(?!\1).)*)\1$/s.exec(text)?.[2]
    if (literal === undefined) continue
    // Vite makes a glob of a template, too.
    const specifier = text.startsWith('`') ? literal.replace(/\$\{[^}]*\}/g, '*') : literal
    const glob = specifier === literal ? {} : ({ glob: true } as const)
    imports.push({ specifier, line: lineAt(moduleRequest.start), kind: 'dynamic', ...glob })
  }
  return [...imports, ...globImports(code, lineAt)].sort((a, b) => a.line - b.line)
}

const GLOB = /\bimport\.meta\.glob\s*(?:<[^(]*>)?\(\s*(\[[^\]]*\]|(["'`])(?:(?!\2).)*\2)([^)]*)/g

/** `import.meta.glob`: one import for each of its patterns. */
function globImports(code: string, lineAt: (offset: number) => number): WrittenImport[] {
  return [...code.matchAll(GLOB)].flatMap(({ 1: patterns = '', 3: options = '', index }) => {
    const kind = /\beager\s*:\s*true\b/.test(options) ? 'static' : 'dynamic'
    const specifiers = [...patterns.matchAll(/(["'`])([^"'`]*)\1/g)].map(([, , pattern]) => pattern!)
    return specifiers
      .filter((specifier) => !specifier.startsWith('!'))
      .map((specifier): WrittenImport => ({ specifier, line: lineAt(index), kind, glob: true }))
  })
}

const STATEMENT = /\bimport\s*(\()\s*(["'`])([^"'`\n]+)\2|(?:^|[;\s])(?:import|export)\b[^;'"`()]*?(["'])([^"'\n]+)\4/g

function foundImports(code: string): WrittenImport[] {
  const lineAt = lineCounter(code)
  const statements = [...code.matchAll(STATEMENT)].map((match): WrittenImport => ({
    specifier: match[3] ?? match[5]!,
    line: lineAt(match.index + match[0].search(/\S/)),
    kind: match[1] ? 'dynamic' : 'static',
  }))
  return [...statements, ...globImports(code, lineAt)]
}

/** Lines of ascending or random offsets, 1-based. */
export function lineCounter(code: string): (offset: number) => number {
  const starts = [0]
  for (let index = code.indexOf('\n'); index !== -1; index = code.indexOf('\n', index + 1)) starts.push(index + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low + 1
  }
}
