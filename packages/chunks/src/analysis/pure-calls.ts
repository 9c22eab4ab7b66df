import { identifier, isNode, type SyntaxNode } from '@paceline/build-graph'

/** What the language has, and does nothing but give a value. */
const BUILT_IN =
  /^(?:Array|BigInt|Boolean|Date|Error|Intl|JSON|Map|Math|Number|Object|Reflect|RegExp|Set|String|Symbol|TextDecoder|TextEncoder|URL|URLSearchParams|WeakMap|WeakRef|WeakSet|(?:Big)?U?[Ii]nt\d+(?:Clamped)?Array|Float\d+Array|parseFloat|parseInt|(?:de|en)codeURI(?:Component)?)$/
/** What makes components of React and their like: compilers mark it `@__PURE__`, minifiers take the mark away. */
const FACTORY = /^(?:cloneElement|createContext|createElement|createRef|forwardRef|jsxs?|lazy|memo)$/

/** Whether a call or a `new` is known to do nothing but give a value. */
export function isPureCallee(callee: unknown): boolean {
  if (!isNode(callee)) return false
  switch (callee.type) {
    case 'Identifier':
      return isPureName(identifier(callee))
    case 'SequenceExpression':
      // `(0, react.memo)(…)`
      return isPureCallee((callee['expressions'] as unknown[]).at(-1))
    case 'ParenthesizedExpression':
      return isPureCallee(callee['expression'])
    case 'MemberExpression':
      return FACTORY.test(identifier(callee['property']) ?? '') || isMadeHere(callee['object'])
    default:
      return false
  }
}

const MARK = /\/\*\s*[@#]__PURE__\s*\*\/\s*$/
/** Characters: a mark and the blanks around it. */
const MARK_LENGTH = 80

/** Whether a call or a `new` is marked as doing nothing but give a value: `/* @__PURE__ *\/ f()`. Bundlers believe that, too. */
export function isMarkedPure({ type, start }: SyntaxNode, code: string): boolean {
  if (type !== 'CallExpression' && type !== 'NewExpression') return false
  return MARK.test(code.slice(Math.max(0, start - MARK_LENGTH), start))
}

/** Whether this is the name of a function that is known to do nothing but give a value. */
export function isPureName(name = ''): boolean {
  return BUILT_IN.test(name) || FACTORY.test(name)
}

/** Data that was just written, or that a pure call gave; methods of it change nothing else. */
function isMadeHere(node: unknown): boolean {
  if (!isNode(node)) return false
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return isPureCallee(node['callee'])
  if (node.type === 'Identifier') return BUILT_IN.test(identifier(node) ?? '')
  return /^(?:ArrayExpression|Literal|ObjectExpression|TemplateLiteral)$/.test(node.type)
}
