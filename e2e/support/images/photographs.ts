import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const list = new URL('../../../playground/src/photos/photo-files.ts', import.meta.url)
const { resolve } = createRequire(list)

/** The photographs of the playground as their packages have them: key of the API → absolute path. */
export const photographs: ReadonlyMap<string, string> = new Map(
  [...readFileSync(list, 'utf8').matchAll(/^import (\w+) from '(.+)\?picture'$/gm)].map(([, key, file]) => [
    key!,
    resolve(file!),
  ]),
)
