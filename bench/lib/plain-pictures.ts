import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vite'

/**
 * The photographs of the playground without Paceline, as its unoptimised twin has them.
 *
 * @returns nothing for other apps
 */
export async function plainPictures(app: string): Promise<Plugin[]> {
  const file = join(app, 'build/plain-pictures.ts')
  if (!existsSync(file)) return []
  const { plainPictures: plugin }: { plainPictures: () => Plugin } = await import(pathToFileURL(file).href)
  return [plugin()]
}
