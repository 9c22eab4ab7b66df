import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as own from 'vite'
import { chunksError } from './errors.ts'

type Vite = typeof import('vite')

/** Vite's files as they stand in a stack trace. */
const FRAME = /(file:\/\/\S+?|\/\S+?)\/dist\/node\/chunks\//

/**
 * The Vite that runs a build, for a hook that has to start another one: by name from here or from the app, or else wherever the code
 * lies that called the hook (an alias, a linked checkout). To be called before the hook awaits
 * anything.
 *
 * @param version `this.meta.viteVersion` of the hook
 * @returns loads it; `PACELINE_VITE_MISSING` when it cannot be found
 */
export function viteFinder(root: string, version: string): () => Promise<Vite> {
  const { stack = '' } = new Error('where are we')
  return () => findVite(root, version, stack)
}

async function findVite(root: string, version: string, stack: string): Promise<Vite> {
  if (own.version === version) return own
  const frame = FRAME.exec(stack)?.[1]
  const candidates = [
    fromApp(root),
    frame && `${frame.startsWith('/') ? pathToFileURL(frame).href : frame}/dist/node/index.js`,
  ]
  for (const candidate of candidates) {
    if (candidate === undefined) continue
    const vite = (await import(candidate)) as Vite
    if (vite.version === version) return vite
  }
  throw chunksError('PACELINE_VITE_MISSING', [version, root])
}

function fromApp(root: string): string | undefined {
  try {
    return pathToFileURL(createRequire(join(root, 'package.json')).resolve('vite')).href
  } catch {
    return undefined
  }
}
