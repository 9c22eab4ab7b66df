import { serviceWorkerError } from '../errors.ts'

/** `(…) =>`, `name =>`, `function`, `class`, each maybe async: what may stand where a value stands. Else it is a method. */
const EXPRESSION = /^(?:async\b\s*)?(?:function\b|\(|[\w$]+\s*=>)|^class\b/

/**
 * A value as JavaScript that makes it again: plain data, expressions, and functions by their text.
 *
 * @param name what the value is called in messages
 * @throws `PACELINE_SW_NOT_TEXT` for instances of classes: their text says nothing about them
 */
export function toSource(value: unknown, name: string): string {
  if (value === undefined) return 'undefined'
  if (typeof value === 'function') return EXPRESSION.test(value.toString()) ? `(${value.toString()})` : method(value)
  if (value instanceof RegExp) return value.toString()
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item, at) => toSource(item, `${name}[${at}]`)).join(', ')}]`
  const prototype = Object.getPrototypeOf(value) as object | null
  if (prototype !== Object.prototype && prototype !== null) throw serviceWorkerError('PACELINE_SW_NOT_TEXT', [name])
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}: ${toSource(member, `${name}.${key}`)}`)
  return `{ ${members.join(', ')} }`
}

/** A method of an object literal is a function only inside of one. */
function method(value: { readonly name: string; toString(): string }): string {
  return `({ ${value.toString()} })[${JSON.stringify(value.name)}]`
}
