import type { ArrowFunctionExpression, Expression, Function as FunctionExpression, ObjectExpression } from 'oxc-parser'
import { initError } from '../init-errors.ts'
import { constantOf, unwrap, walk } from '../syntax/nodes.ts'
import type { AnyNode } from '../syntax/nodes.ts'
import { placeOf, type Source, type Span } from '../syntax/parse.ts'

const ADVICE = 'Add `paceline()` of the package `paceline` to its plugins by hand; docs/moving-over.md has the options.'

/**
 * The object literal that a Vite config exports: as it is, by `defineConfig()`, by a constant, or as the one thing that a function returns.
 *
 * @throws `PACELINE_INIT_CONFIG_SHAPE` for everything that has to be run to be known
 */
export function findConfig(source: Source): ObjectExpression {
  for (const statement of source.program.body) {
    if (statement.type === 'ExportDefaultDeclaration') return objectOf(source, statement.declaration as Expression)
  }
  throw refuse(source, { start: 0 }, 'has no `export default`')
}

/** @throws `PACELINE_INIT_CONFIG_SHAPE` */
export function refuse(source: Source, span: Pick<Span, 'start'>, received: string): Error {
  return initError('PACELINE_INIT_CONFIG_SHAPE', [placeOf(source, span), received, ADVICE])
}

function objectOf(source: Source, expression: Expression): ObjectExpression {
  const node = unwrap(expression)
  switch (node.type) {
    case 'ObjectExpression':
      return node
    case 'Identifier': {
      const init = constantOf(source.program, node.name)?.init
      if (init) return objectOf(source, init)
      throw refuse(source, node, `takes the config from \`${node.name}\``)
    }
    case 'CallExpression': {
      const [argument] = node.arguments
      if (node.callee.type === 'Identifier' && node.callee.name === 'defineConfig' && argument) {
        return objectOf(source, argument as Expression)
      }
      const name = source.text.slice(node.callee.start, node.callee.end)
      throw refuse(source, node, `makes the config with \`${name}()\``)
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return objectOf(source, returned(source, node))
    case 'ConditionalExpression':
      throw refuse(source, node, 'exports one config or another, by a condition')
    default:
      // A declaration such as `export default function () {…}` is the one kind that is no expression.
      if ((node as AnyNode).type === 'FunctionDeclaration') return objectOf(source, returned(source, node as never))
      throw refuse(source, node, `exports ${source.text.slice(node.start, node.start + 40).split('\n')[0]}`)
  }
}

type FunctionNode = ArrowFunctionExpression | FunctionExpression

/** What a function returns, when there is one such thing. */
function returned(source: Source, node: FunctionNode): Expression {
  const { body } = node
  if (!body) throw refuse(source, node, 'exports a function without a body')
  if (body.type !== 'BlockStatement') return body
  const found: { argument: Expression | null }[] = []
  walkOwn(body, (inner) => {
    if (inner.type === 'ReturnStatement') found.push(inner as unknown as { argument: Expression | null })
  })
  const [only] = found
  if (found.length !== 1 || !only?.argument) {
    throw refuse(source, node, `exports a function with ${found.length} \`return\` statements`)
  }
  return only.argument
}

/** Statements of a function, without those of the functions in it. */
function walkOwn(body: AnyNode, visit: (node: AnyNode) => void): void {
  const inner: Span[] = []
  walk(body, (node) => {
    if (inner.some(({ start, end }) => node.start >= start && node.end <= end)) return
    if (/Function|Method/.test(node.type)) inner.push(node)
    else visit(node)
  })
}
