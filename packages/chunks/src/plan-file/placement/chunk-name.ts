/** A name for a chunk that a plan does not have: of the file that it is about, and free. */
export function nameChunk(key: string, taken: ReadonlySet<string>): string {
  const base = stemOf(key)
  let name = base
  for (let count = 2; taken.has(name); count++) name = `${base}-${count}`
  return name
}

function stemOf(key: string): string {
  const parts = key
    .replace(/\?.*$/s, '')
    .split('/')
    .map((part) => part.replaceAll(/[^\w.-]/g, ''))
    .filter((part) => /[^.]/.test(part))
  const stem = parts.at(-1)?.replace(/\..*$/s, '') ?? ''
  const clear = stem === 'index' && parts.length > 1 ? (parts.at(-2) ?? stem) : stem
  return clear === '' ? 'chunk' : clear
}
