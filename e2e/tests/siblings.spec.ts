import { readdirSync, readFileSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const repository = new URL('../../playground/', import.meta.url)
const dist = new URL('dist/', repository)
/** As the ledger calls them. */
const NAMES = { gz: 'gzip', br: 'brotli', zst: 'zstd' }
const DECODERS = { gz: gunzipSync, br: brotliDecompressSync, zst: zstdDecompressSync }

interface Report {
  readonly ledger: readonly {
    readonly file: string
    readonly status: string
    readonly why?: string
    readonly notSmaller?: readonly string[]
  }[]
}

const report = JSON.parse(readFileSync(new URL('.paceline/report.json', repository), 'utf8')) as Report

/** Decoders of the siblings that a file has, by their ending. */
function siblingsOf(file: string): string[] {
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const name = file.slice(folder.length)
  return readdirSync(new URL(folder, dist)).flatMap((other) => {
    const ending = other.startsWith(`${name}.`) ? other.slice(name.length + 1) : ''
    return Object.hasOwn(DECODERS, ending) ? [ending] : []
  })
}

/** What lies beside a file says the same as the file: seen from the outside, not by who wrote it. */
function expectSiblings(file: string, endings: readonly string[]): void {
  expect({ file, siblings: siblingsOf(file).toSorted() }).toEqual({ file, siblings: endings.toSorted() })
  const content = readFileSync(new URL(file, dist))
  for (const ending of endings) {
    const sibling = readFileSync(new URL(`${file}.${ending}`, dist))
    expect(sibling.byteLength).toBeLessThan(content.byteLength)
    expect(DECODERS[ending as keyof typeof DECODERS](sibling).equals(content), `${file}.${ending}`).toBe(true)
  }
}

test('what is written after all plugins has siblings: the worker, the import map, the page', () => {
  for (const file of ['sw.js', 'importmap.json', 'index.html']) expectSiblings(file, ['gz', 'br', 'zst'])
})

test('every file over the threshold has all siblings that are smaller than itself', () => {
  const compressed = report.ledger.filter(({ status }) => status === 'compressed')
  expect(compressed.filter(({ file }) => /\.(?:js|css)$/.test(file)).length).toBeGreaterThan(40)
  for (const { file, notSmaller = [] } of compressed) {
    expectSiblings(
      file,
      Object.entries(NAMES).flatMap(([ending, name]) => (notSmaller.includes(name) ? [] : [ending])),
    )
  }
  // What is left alone is small, or of a type that is compressed already: the ledger cannot leave a script out.
  const skipped = report.ledger.filter(({ file, status }) => status !== 'compressed' && /\.(?:js|css|html)$/.test(file))
  for (const { file } of skipped) expect(readFileSync(new URL(file, dist)).byteLength, file).toBeLessThan(1024)
})

test('files of the public folder are compressed, or the ledger says why not', () => {
  expectSiblings('figtree-licence.txt', ['gz', 'br', 'zst'])
  for (const file of readdirSync(new URL('public/', repository))) {
    const entry = report.ledger.find((one) => one.file === file)
    expect(entry, file).toBeDefined()
    if (entry!.status === 'compressed') expectSiblings(file, siblingsOf(file))
    else
      expect({ file, siblings: siblingsOf(file), why: entry!.why }).toEqual({
        file,
        siblings: [],
        why: expect.stringMatching(/./),
      })
  }
})
