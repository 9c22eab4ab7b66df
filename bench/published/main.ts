import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { readOptions } from '../lib/read-options.ts'
import { brotliCompressSync, constants, type BrotliOptions } from 'node:zlib'
import { encoders } from '@paceline/kit'
import { decodeDelta, deltaEncodings, encodeDelta } from '../../packages/delivery/src/deltas/delta-format.ts'
import { measuredHere } from '../chunks/stored-results.ts'
import { writeSection } from '../lib/results-page.ts'
import { renderPublished } from './render-published.ts'
import type { DictionaryFigures } from './render-published.ts'

/** What others have published, and the same measured here: `npm run bench -- published [--write]`. Bytes only, so it does not depend on the machine. */
const { values } = readOptions({ options: { write: { type: 'boolean', default: false } } })
const { resolve: find } = createRequire(import.meta.url)
const here = measuredHere()

const results = here({ angular: await measureAngular(), versions: pinned() })
const page = renderPublished(results)
process.stdout.write(page)
if (values.write) {
  writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
  writeSection(resolve(import.meta.dirname, '../RESULTS.md'), page)
}

/** The example of Chrome's announcement: the new release with the one that visitors have as its dictionary. */
async function measureAngular(): Promise<DictionaryFigures> {
  const [old, now] = ['angular-1-7', 'angular-1-8'].map((name) => readFileSync(find(`${name}/angular.min.js`)))
  const deltas = await Promise.all(
    deltaEncodings.map(async (encoding) => {
      const delta = await encodeDelta(encoding, now!, old!)
      const decoded = await decodeDelta(encoding, delta, old!, now!.byteLength)
      if (!decoded.equals(now!))
        throw new Error(`\`${encoding}\` does not decode to the new release. Look at the encoder.`)
      return [encoding, delta.byteLength] as const
    }),
  )
  const brotli = (await encoders.brotli.encode(now!)).byteLength
  const [dcb, dcz] = deltas.map(([, bytes]) => bytes)
  return { raw: now!.byteLength, brotli, dcb: dcb!, dcz: dcz!, highest: highestDelta(now!, old!) }
}

function highestDelta(content: Buffer, dictionary: Buffer): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength }
  const options: BrotliOptions & { readonly dictionary: Uint8Array } = { dictionary, params }
  // The magic number and the hash of the dictionary come before the stream (RFC 9842, section 4).
  return 36 + brotliCompressSync(content, options).byteLength
}

/** Dependencies of the bench that are tools; the rest is material. */
function pinned(): Record<string, string> {
  const file = resolve(import.meta.dirname, '../package.json')
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.fromEntries(
    Object.entries(dependencies).filter(
      ([name, version]) => !version.startsWith('npm:') && !name.startsWith('startbootstrap'),
    ),
  )
}
