/** A name that stands twice in one object. */
export interface DuplicateKey {
  readonly key: string
  /** Name of the object; empty for the outermost one and for those in lists. */
  readonly inside: string
}

interface Level {
  readonly name: string
  /** Names so far; absent in a list. */
  readonly keys?: Map<string, number>
  /** The name whose value comes next. */
  current: string
}

const TOKEN = /"(?:[^"\\]|\\.)*"(?<name>\s*:)?|[{}[\]]/g

/**
 * Names that an object has twice: `JSON.parse` takes the last without a word, and a merge that went wrong loses the other.
 *
 * @param json valid JSON
 */
export function duplicateKeys(json: string): DuplicateKey[] {
  const found: DuplicateKey[] = []
  const levels: Level[] = [{ name: '', current: '' }]
  for (const { 0: token, groups } of json.matchAll(TOKEN)) {
    const level = levels.at(-1)!
    if (token === '{') levels.push({ name: level.current, current: '', keys: new Map() })
    else if (token === '[') levels.push({ name: level.current, current: '' })
    else if (token === '}' || token === ']') levels.pop()
    else if (groups?.['name'] !== undefined && level.keys) {
      const key = JSON.parse(token.replace(/\s*:$/, '')) as string
      const count = (level.keys.get(key) ?? 0) + 1
      level.keys.set(key, count)
      level.current = key
      if (count === 2) found.push({ key, inside: level.name })
    }
  }
  return found
}
