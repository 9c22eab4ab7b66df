import type { Metadata } from 'sharp'

/**
 * The module of a `?picture` that is served as it is: left out by the options, or damaged where that is only a warning.
 *
 * @param file absolute path
 */
export async function plainPicture(file: string): Promise<string> {
  const { width, height } = await sizeOf(file)
  // Vite does not take every format for a picture, but every file for a URL.
  return `import src from ${JSON.stringify(`${file}?url&no-inline`)}\nexport default { src, width: ${width}, height: ${height}, sources: [] }`
}

/** As the header says, as far as it can be read: nothing else of the file is trusted, and nothing decoded. */
async function sizeOf(file: string): Promise<Metadata['autoOrient']> {
  const unknown = { width: 0, height: 0 }
  if (/\.svg$/i.test(file)) return unknown
  const { default: sharp } = await import('sharp')
  const metadata = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined)
  return metadata?.autoOrient ?? unknown
}
