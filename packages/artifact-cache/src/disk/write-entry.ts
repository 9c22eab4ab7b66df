import { hash, randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contentFile, entryFile, temporaryDir } from './cacache-layout.ts'

/**
 * Writes bytes and their entry as cacache does: aside and moved into place, then a line of the index with its own checksum. Loading
 * cacache and going through its promises takes a build that finds everything in Redis longer than all of these files.
 */
export function writeEntry(dir: string, key: string, bytes: Uint8Array, metadata: object): void {
  const integrity = `sha256-${hash('sha256', bytes, 'base64')}`
  const aside = join(temporaryDir(dir), randomUUID())
  try {
    withFolder(aside, () => writeFileSync(aside, bytes, { flag: 'wx' }))
    const content = contentFile(dir, integrity)
    withFolder(content, () => renameSync(aside, content))
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
  const json = JSON.stringify({ key, integrity, time: Date.now(), size: bytes.byteLength, metadata })
  const entry = entryFile(dir, key)
  withFolder(entry, () => appendFileSync(entry, `\n${hash('sha1', json, 'hex')}\t${json}`))
}

/** Of 65,536 folders for contents, and as many for entries, most are missing: a write that fails takes longer than to look. */
function withFolder(file: string, write: () => void): void {
  mkdirSync(dirname(file), { recursive: true })
  write()
}
