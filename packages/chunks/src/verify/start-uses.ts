import { posix } from 'node:path'
import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'

const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/

/** A chunk whose code was parsed. */
export interface ParsedChunk {
  readonly file: string
  readonly program: SyntaxNode
}

/**
 * Whether a chunk, while it starts, uses something that it imports from another and that is not there before that one has
 * run. Functions that need nothing else of their chunk are there from the beginning. What a function uses counts as soon as its name is mentioned
 * outside of functions: better a circle too many than a white page.
 *
 * @param fileOf file of a chunk by the name it is imported by, which an import map makes another
 */
export function usesWhileStarting(
  importer: ParsedChunk,
  imported: ParsedChunk,
  fileOf: (name: string) => string = (name) => name,
): boolean {
  const names = importedNames(importer, imported, fileOf)
  // Under a name that is in no import map.
  if (names === undefined) return true
  if (names.size === 0) return false
  const bodies = new Map<string, SyntaxNode[]>()
  const started = new Set<string>()
  const queue: SyntaxNode[] = []
  for (const statement of body(importer.program)) startStatement(statement, bodies, queue)
  for (const node of queue) {
    for (const name of mentioned(node)) {
      if (names.has(name)) return true
      if (started.has(name)) continue
      started.add(name)
      queue.push(...(bodies.get(name) ?? []))
    }
  }
  return false
}

/** Local names of what has to wait for the imported chunk; `undefined` when no statement imports it by its file. */
function importedNames(
  importer: ParsedChunk,
  imported: ParsedChunk,
  fileOf: (name: string) => string,
): Set<string> | undefined {
  const functions = exportedFunctions(imported.program)
  const names = new Set<string>()
  let found = false
  for (const statement of body(importer.program)) {
    const source = sourceOf(statement)
    if (source === undefined || fileOf(posix.join(posix.dirname(importer.file), source)) !== imported.file) continue
    found = true
    if (statement.type !== 'ImportDeclaration') continue
    for (const specifier of statement['specifiers'] as SyntaxNode[]) {
      if (!functions.has(nameOf(specifier['imported']) ?? '')) names.add(identifier(specifier['local'])!)
    }
  }
  return found ? names : undefined
}

/** Exported functions that can be called before their chunk has run: they use nothing of it but others like them. */
function exportedFunctions(program: SyntaxNode): Set<string> {
  const ready = readyFunctions(program)
  const exported = new Set<string>()
  for (const statement of body(program)) {
    if (statement.type !== 'ExportNamedDeclaration' || isNode(statement['source'])) continue
    const declared = isNode(statement['declaration']) ? identifier(statement['declaration']['id']) : undefined
    if (declared !== undefined && ready.has(declared)) exported.add(declared)
    for (const specifier of statement['specifiers'] as SyntaxNode[]) {
      if (ready.has(nameOf(specifier['local']) ?? '')) exported.add(nameOf(specifier['exported'])!)
    }
  }
  return exported
}

function readyFunctions(program: SyntaxNode): Set<string> {
  const functions = new Map<string, Set<string>>()
  const others = new Set<string>()
  for (const statement of body(program)) {
    const node = isNode(statement['declaration']) ? statement['declaration'] : statement
    const name = node.type === 'FunctionDeclaration' ? identifier(node['id']) : undefined
    if (name !== undefined) functions.set(name, mentioned(node))
    // Everything that a statement names may be what it declares.
    else if (/^(?:Variable|Class|Import)Declaration$/.test(node.type))
      for (const other of mentioned(node)) others.add(other)
  }
  for (const name of functions.keys()) others.delete(name)
  for (let changed = true; changed;) {
    changed = false
    for (const [name, names] of functions) {
      if (![...names].some((other) => others.has(other))) continue
      functions.delete(name)
      others.add(name)
      changed = true
    }
  }
  return new Set(functions.keys())
}

/** Sorts a top-level statement into what runs now and what its names stand for. */
function startStatement(statement: SyntaxNode, bodies: Map<string, SyntaxNode[]>, now: SyntaxNode[]): void {
  const node = isNode(statement['declaration']) ? statement['declaration'] : statement
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return
    case 'FunctionDeclaration':
      bodies.set(identifier(node['id']) ?? 'default', [node])
      return
    case 'VariableDeclaration':
      for (const { id, init } of node['declarations'] as { id: SyntaxNode; init: unknown }[]) {
        const name = identifier(id)
        if (isNode(init) && FUNCTION.test(init.type) && name !== undefined) bodies.set(name, [init])
        else if (isNode(init)) now.push(id, init)
      }
      return
    case 'ClassDeclaration': {
      const name = identifier(node['id'])
      const members = classMembers(node)
      if (name !== undefined) bodies.set(name, members.later)
      now.push(...members.now)
      return
    }
    default:
      now.push(node)
  }
}

/** What a class runs where it stands (its parent, computed keys, static members), and what it keeps for its users. */
function classMembers(node: SyntaxNode): { now: SyntaxNode[]; later: SyntaxNode[] } {
  const now = [node['superClass'], ...((node['decorators'] as unknown[]) ?? [])].filter(isNode)
  const later: SyntaxNode[] = []
  for (const member of (node['body'] as SyntaxNode)['body'] as SyntaxNode[]) {
    const { key, computed, value } = member
    if (computed === true && isNode(key)) now.push(key)
    const isNow = member.type === 'StaticBlock' || (member['static'] === true && member.type !== 'MethodDefinition')
    for (const part of member.type === 'StaticBlock' ? [member] : [value].filter(isNode))
      (isNow ? now : later).push(part)
  }
  return { now, later }
}

/** Names that a piece of code mentions as values, in functions inside it too. */
function mentioned(node: SyntaxNode, names: Set<string> = new Set()): Set<string> {
  const name = identifier(node)
  if (name !== undefined) names.add(name)
  for (const child of childNodes(node)) {
    const isName = (child === node['property'] || child === node['key']) && node['computed'] !== true
    // `{ a }` has one node for both or two; the value says what is used.
    if (!isName || (node.type === 'Property' && node['shorthand'] === true)) mentioned(child, names)
  }
  return names
}

function body(program: SyntaxNode): SyntaxNode[] {
  return program['body'] as SyntaxNode[]
}

function sourceOf(statement: SyntaxNode): string | undefined {
  const { source } = statement
  return isNode(source) && typeof source['value'] === 'string' ? source['value'] : undefined
}

/** Name of an import or export, which may be a string. */
function nameOf(node: unknown): string | undefined {
  return identifier(node) ?? (isNode(node) && typeof node['value'] === 'string' ? node['value'] : undefined)
}
