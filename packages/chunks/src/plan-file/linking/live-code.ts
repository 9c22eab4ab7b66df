import { childNodes, identifier, isNode, type SyntaxNode } from '@paceline/build-graph'
import { namesOf, valueOf, type Names } from './constants.ts'

type Mutable = Record<string, unknown>

/** As the names are written that `define` has values for. */
const DEFINED = /^(?:__\w+__|[A-Z][A-Z\d_]+)$/

const NOTHING = { type: 'Literal', start: 0, end: 0, value: null }

/**
 * Takes out of a program, in place, what the bundler may drop: what hangs on a constant that decides against it, and what hangs on something that
 * the build knows and the code does not show. Vite 7 has put its constants in by the time that code is read; Rolldown does so later, and knows
 * `import.meta.env`, `process.env` and what `define` says. What other modules export may be a constant as well.
 *
 * @param certain whether calls of other modules' functions go, too: of one that does nothing the bundler leaves nothing
 */
export function keepLive(program: SyntaxNode, certain: boolean): void {
  const names = namesOf(program)
  const runs = (test: unknown, when: boolean): boolean => mayRun(test as SyntaxNode, when, names)
  pruneAll(program, (node) => {
    prune(node, runs)
    if (node.type === 'ChainExpression' && isOfBuild(node, names)) (node as Mutable)['expression'] = NOTHING
    if (certain && node.type === 'ExpressionStatement' && isForeignCall(node['expression'], names)) {
      ;(node as Mutable)['expression'] = NOTHING
    }
  })
}

/**
 * Takes out of a program, in place, what hangs on a value that is known and decides against it. What hangs on anything else stays, also
 * where the bundler may know more.
 */
export function keepUndecided(program: SyntaxNode, names: Names): void {
  const runs = (test: unknown, when: boolean): boolean => {
    const constant = valueOf(test, names)
    return constant === undefined || Boolean(constant.value) === when
  }
  pruneAll(program, (node) => prune(node, runs))
}

function pruneAll(program: SyntaxNode, pruneOne: (node: SyntaxNode) => void): void {
  const open: SyntaxNode[] = [program]
  for (let node = open.pop(); node; node = open.pop()) {
    pruneOne(node)
    open.push(...childNodes(node))
  }
}

/** @param runs whether code may run behind a test, if the test holds or, without `when`, if it does not */
function prune(node: SyntaxNode, runs: (test: unknown, when: boolean) => boolean): void {
  const parts = node as Mutable
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      if (!runs(node['test'], true)) parts['consequent'] = NOTHING
      if (!runs(node['test'], false)) parts['alternate'] = isNode(node['alternate']) ? NOTHING : null
      return
    case 'BlockStatement':
    case 'FunctionBody': {
      const statements = node['body'] as SyntaxNode[]
      const end = statements.findIndex((one) => leaves(one) && !runs(one['test'], false))
      if (end !== -1) parts['body'] = statements.slice(0, end + 1)
      return
    }
    case 'LogicalExpression':
      if (!runs(node['left'], node['operator'] === '&&')) parts['right'] = NOTHING
  }
}

/** `if (…) return` */
function leaves({ type, consequent }: SyntaxNode): boolean {
  if (type !== 'IfStatement' || !isNode(consequent)) return false
  const statements = consequent.type === 'BlockStatement' ? (consequent['body'] as SyntaxNode[]) : [consequent]
  return statements.some((one) => one.type === 'ReturnStatement')
}

/** Whether code runs for all that can be seen here. */
function mayRun(test: SyntaxNode, when: boolean, names: Names): boolean {
  const constant = valueOf(test, names)
  return constant ? Boolean(constant.value) === when : !isOfBuild(test, names)
}

/** Whether the build may know what this is: it mentions what `define` replaces, or what another module exports. */
function isOfBuild(start: SyntaxNode, { imported, constants }: Names): boolean {
  const seen = new Set([start])
  for (const node of seen) {
    const name = identifier(node)
    if (node.type === 'MetaProperty' || name === 'process') return true
    const value = name === undefined ? undefined : constants.get(name)
    if (name !== undefined && (imported.has(name) || (!value && DEFINED.test(name)))) return true
    for (const next of value ? [value] : childNodes(node)) seen.add(next)
  }
  return false
}

function isForeignCall(node: unknown, { imported }: Names): boolean {
  if (!isNode(node) || !/^(?:Call|New)Expression$/.test(node.type)) return false
  return imported.has(identifier(node['callee']) ?? '')
}
