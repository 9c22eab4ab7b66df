import type { Setting, StoredChunk, StoredPlan } from './stored-plan.ts'

/**
 * A plan as text: JSON with one line for everything that changes on its own, all of it sorted by name, so that a diff shows which
 * module moved and nothing else.
 */
export function formatPlan(plan: StoredPlan): string {
  const chunks = plan.chunks.toSorted((a, b) => compare(a.name, b.name))
  const parts = [
    `"version": ${plan.version}`,
    `"app": ${JSON.stringify(plan.app)}`,
    `"settings": ${lines(entries(plan.settings, inline), 1)}`,
    ...(plan.bundler ? ['"bundler": true'] : []),
    ...(plan.unordered ? ['"unordered": true'] : []),
    `"routes": ${lines(entries(plan.routes, inline), 1)}`,
    ...(plan.collections === undefined ? [] : [`"collections": ${inline(plan.collections)}`]),
    ...(plan.updates === undefined ? [] : [`"updates": ${lines(entries(plan.updates, inline), 1)}`]),
    `"chunks": ${lines(
      chunks.map((chunk) => `${JSON.stringify(chunk.name)}: ${formatChunk(chunk)}`),
      1,
    )}`,
  ]
  return `${lines(parts, 0)}\n`
}

function formatChunk(chunk: StoredChunk): string {
  const mentions = entries(chunk.mentions, inline)
  const basis = entries(chunk.basis ?? {}, inline)
  const parts = [
    `"kind": ${JSON.stringify(chunk.kind)}`,
    ...(chunk.shared === undefined ? [] : [`"shared": ${JSON.stringify(chunk.shared)}`]),
    `"imports": ${inline(chunk.imports.toSorted(compare))}`,
    ...(mentions.length === 0 ? [] : [`"mentions": ${lines(mentions, 3)}`]),
    ...(basis.length === 0 ? [] : [`"basis": ${lines(basis, 3)}`]),
    `"modules": ${lines(
      chunk.modules.toSorted(compare).map((line) => JSON.stringify(line)),
      3,
      '[]',
    )}`,
  ]
  return lines(parts, 2)
}

function entries<Value>(values: Readonly<Record<string, Value>>, format: (value: Value) => string): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compare(a, b))
    .map(([name, value]) => `${JSON.stringify(name)}: ${format(value)}`)
}

/** On one line, with the spaces that people would put, in its own order: the order of groups means something. */
function inline(value: Setting | object): string {
  if (Array.isArray(value)) return `[${value.map((item: Setting) => inline(item)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inside = Object.entries(value as Readonly<Record<string, Setting | undefined>>).flatMap(([name, inner]) =>
    inner === undefined ? [] : [`${JSON.stringify(name)}: ${inline(inner)}`],
  )
  return inside.length === 0 ? '{}' : `{ ${inside.join(', ')} }`
}

function lines(items: readonly string[], depth: number, [open, close] = '{}'): string {
  if (items.length === 0) return `${open}${close}`
  const indent = '  '.repeat(depth)
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`
}

/** By code unit: the order must not depend on the language of a machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
