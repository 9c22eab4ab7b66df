import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The app's Vite, which may be another one than this package would find. */
export async function loadVite(root: string): Promise<typeof import('vite')> {
  const file = createRequire(join(root, 'package.json')).resolve('vite')
  return (await import(pathToFileURL(file).href)) as typeof import('vite')
}
