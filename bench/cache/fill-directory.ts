import { hash } from 'node:crypto'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const HOUR = 3600

/**
 * Writes a cache of many small results, used at some time in the last forty days, as cacache would have written it: with cacache itself a million of them take
 * ten times as long.
 */
export function fillDirectory(dir: string, entries: number): void {
  const now = Math.floor(Date.now() / 1000)
  const made = new Set<string>()
  const write = (file: string, content: string): void => {
    const folder = dirname(file)
    if (!made.has(folder)) mkdirSync(folder, { recursive: true })
    made.add(folder)
    writeFileSync(file, content)
  }
  for (let entry = 0; entry < entries; entry++) {
    const key = `bench:brotli:v1:${hash('sha256', String(entry))}:0`
    const bytes = `result ${entry}`
    const digest = hash('sha256', bytes, 'buffer')
    const size = bytes.length
    const line = { key, integrity: `sha256-${digest.toString('base64')}`, time: 1, size, metadata: { info: {}, ms: 9 } }
    const json = JSON.stringify(line)
    const index = join(dir, 'index-v5', ...segments(hash('sha256', key)))
    write(index, `\n${hash('sha1', json)}\t${json}`)
    // 7919 is prime: neighbours are not of one age.
    const used = now - ((entry * 7919) % (40 * 24)) * HOUR
    utimesSync(index, used, used)
    write(join(dir, 'content-v2/sha256', ...segments(digest.toString('hex'))), bytes)
  }
}

function segments(hex: string): [string, string, string] {
  return [hex.slice(0, 2), hex.slice(2, 4), hex.slice(4)]
}
