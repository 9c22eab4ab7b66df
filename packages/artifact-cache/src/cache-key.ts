import { hash } from 'node:crypto'
import type { ArtifactRecipe, Json, JsonObject } from './artifact.ts'
import { cacheError } from './errors.ts'

const KIND = /^[a-z\d][a-z\d-]*$/
/** A `:` ends the namespace in a key; what npm allows in names is in. */
const NAMESPACE = /^[^\s:\p{Cc}]{1,214}$/u

/**
 * The key of an artifact: `namespace:kind:v<schema>:<input>:<settings>`. The settings are in it as the SHA-256 of their canonical JSON, so no
 * key tells anything but the family of what it belongs to.
 *
 * @throws `PACELINE_CACHE_KIND_INVALID`, `PACELINE_CACHE_NAMESPACE_INVALID`, `PACELINE_CACHE_RECIPE_INVALID`
 */
export function cacheKey(namespace: string, recipe: ArtifactRecipe): string {
  const { kind, schema, input, settings } = recipe
  if (!KIND.test(kind)) throw cacheError('PACELINE_CACHE_KIND_INVALID', [kind])
  if (!/^[\da-f]{64}$/.test(input)) {
    throw cacheError('PACELINE_CACHE_RECIPE_INVALID', [kind, `the input '${input}', which no \`digestOf\` made`])
  }
  return `${checkNamespace(namespace)}:${kind}:v${schema}:${input}:${hash('sha256', canonical(settings, kind), 'hex')}`
}

/** @throws `PACELINE_CACHE_NAMESPACE_INVALID` */
export function checkNamespace(namespace: string): string {
  if (!NAMESPACE.test(namespace)) throw cacheError('PACELINE_CACHE_NAMESPACE_INVALID', [namespace])
  return namespace
}

/** The family that a key says, or nothing when the key is of another namespace. */
export function kindOfKey(namespace: string, key: string): string | undefined {
  return key.startsWith(`${namespace}:`) ? key.slice(namespace.length + 1).split(':', 1)[0] : undefined
}

/** JSON with the keys of every object in order. What JSON would write as something else (`NaN` as `null`) is refused. */
function canonical(value: Json, kind: string): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw cacheError('PACELINE_CACHE_RECIPE_INVALID', [kind, String(value)])
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item as Json, kind)).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const object = value as JsonObject
    const fields = Object.keys(object)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(object[key]!, kind)}`)
    return `{${fields.join(',')}}`
  }
  const json: string | undefined = JSON.stringify(value)
  if (json === undefined) throw cacheError('PACELINE_CACHE_RECIPE_INVALID', [kind, typeof value])
  return json
}
