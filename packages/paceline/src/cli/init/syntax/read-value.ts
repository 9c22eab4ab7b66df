import type { Expression, Program } from 'oxc-parser'
import { constantOf, keyName, unwrap } from './nodes.ts'

/** What an expression is known to be without running it. */
export type Read = { readonly known: true; readonly value: unknown } | { readonly known: false }

const UNKNOWN: Read = { known: false }

/**
 * Reads literals, lists, objects, expressions and constants of the same file. Whatever else there is, functions and variables of the environment
 * for instance, is not known.
 */
export function readValue(expression: Expression, program: Program): Read {
  const node = unwrap(expression)
  switch (node.type) {
    case 'Literal':
      return { known: true, value: node.value }
    case 'TemplateLiteral':
      return node.expressions.length === 0 ? { known: true, value: node.quasis[0]?.value.cooked ?? '' } : UNKNOWN
    case 'UnaryExpression':
      return readUnary(node.operator, readValue(node.argument, program))
    case 'BinaryExpression':
      return node.left.type === 'PrivateIdentifier'
        ? UNKNOWN
        : readProduct(node.operator, readValue(node.left, program), readValue(node.right, program))
    case 'Identifier':
      return node.name === 'undefined' ? { known: true, value: undefined } : readConstant(node.name, program)
    case 'ArrayExpression':
      return readList(node.elements, program)
    case 'ObjectExpression':
      return readObject(node, program)
    default:
      return UNKNOWN
  }
}

function readUnary(operator: string, argument: Read): Read {
  if (!argument.known) return UNKNOWN
  if (operator === '-' && typeof argument.value === 'number') return { known: true, value: -argument.value }
  return operator === '!' ? { known: true, value: !argument.value } : UNKNOWN
}

/** `10 * 1024`, as limits are often written. */
function readProduct(operator: string, left: Read, right: Read): Read {
  if (!left.known || !right.known || typeof left.value !== 'number' || typeof right.value !== 'number') return UNKNOWN
  if (operator === '*') return { known: true, value: left.value * right.value }
  return operator === '+' ? { known: true, value: left.value + right.value } : UNKNOWN
}

function readConstant(name: string, program: Program): Read {
  const init = constantOf(program, name)?.init
  return init ? readValue(init, program) : UNKNOWN
}

function readList(elements: Extract<Expression, { type: 'ArrayExpression' }>['elements'], program: Program): Read {
  const values: unknown[] = []
  for (const element of elements) {
    if (element === null || element.type === 'SpreadElement') return UNKNOWN
    const read = readValue(element, program)
    if (!read.known) return UNKNOWN
    values.push(read.value)
  }
  return { known: true, value: values }
}

function readObject(node: Extract<Expression, { type: 'ObjectExpression' }>, program: Program): Read {
  const entries: [string, unknown][] = []
  for (const property of node.properties) {
    const name = property.type === 'Property' && !property.computed ? keyName(property.key) : undefined
    if (property.type !== 'Property' || name === undefined) return UNKNOWN
    const read = readValue(property.value, program)
    if (!read.known) return UNKNOWN
    entries.push([name, read.value])
  }
  return { known: true, value: Object.fromEntries(entries) }
}
