import type { Plugin } from 'vite'
import type { PictureVariants } from './image-groups.ts'

/** A plugin that tells the report about pictures; it need not be known by name. */
interface PictureApi {
  reportSection?(environmentName: string): { readonly images?: { readonly files: readonly PictureVariants[] } }
}

/** What became of the pictures of a build, where something optimises them. */
export function findPictures(plugins: readonly Plugin[], environmentName: string): readonly PictureVariants[] {
  const images = plugins.find(({ name }) => name === 'paceline:images')?.api as PictureApi | undefined
  return images?.reportSection?.(environmentName).images?.files ?? []
}
