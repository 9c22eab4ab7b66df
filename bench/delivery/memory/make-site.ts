import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib'

const FILES = 240
/** Bytes of the largest, which comes from disk. */
const FILM = 12_000_000

/** A directory of scripts between 1 and 60 kB in four encodings, and one large file: more than the server may keep in memory. Returns their paths. */
export function makeSite(dir: string): string[] {
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, 'index.html'), '<!doctype html><html lang="en"><title>Load</title></html>')
  const scripts = Array.from({ length: FILES }, (_, index) => {
    const content = Buffer.from(words(index, 1000 + index * 250))
    const name = `script-${index}.js`
    writeFileSync(join(dir, name), content)
    writeFileSync(join(dir, `${name}.gz`), gzipSync(content))
    writeFileSync(join(dir, `${name}.zst`), zstdCompressSync(content))
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
    writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content, { params }))
    return `/${name}`
  })
  writeFileSync(join(dir, 'film.mp4'), Buffer.alloc(FILM, 7))
  return ['/', ...scripts, '/film.mp4']
}

/** Text that compresses to about a third, the same for each run. */
function words(seed: number, bytes: number): string {
  let text = ''
  for (let at = 0; text.length < bytes; at++) {
    text += `const value_${createHash('sha1').update(`${seed}:${at}`).digest('hex').slice(0, 8)} = lookUp(${at});\n`
  }
  return text.slice(0, bytes)
}
