import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** A file that is asked for: name, and bytes as it is sent. */
export interface ServedFile {
  readonly name: string
  readonly file: string
  readonly content: Buffer
  readonly gzip: Buffer
}

/** Files of three sizes, with siblings in gzip and brotli, in an empty directory. */
export function makeFiles(dir: string): ServedFile[] {
  const require = createRequire(import.meta.url)
  const read = (name: string, path: string): Buffer =>
    readFileSync(join(dirname(require.resolve(`${name}/package.json`)), path))
  const page = `<!doctype html><html lang="en"><title>Page</title>${'<script type="module" src="/app.js"></script>'.repeat(20)}</html>`
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  const files = [
    { name: 'small', file: 'page.html', content: Buffer.from(page) },
    { name: 'medium', file: 'react.js', content: read('react', 'cjs/react.production.js') },
    { name: 'large', file: 'react-dom.js', content: read('react-dom', 'cjs/react-dom-client.production.js') },
  ]
  return files.map((entry) => {
    const gzip = gzipSync(entry.content, { level: 9 })
    writeFileSync(join(dir, entry.file), entry.content)
    writeFileSync(join(dir, `${entry.file}.gz`), gzip)
    writeFileSync(join(dir, `${entry.file}.br`), brotliCompressSync(entry.content))
    return { ...entry, gzip }
  })
}
