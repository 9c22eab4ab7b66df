import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { Plugin } from 'vite'

const PICTURE = '?picture'
const component = fileURLToPath(new URL('../../packages/images/client/react/index.ts', import.meta.url))

/** `?picture` without optimising anything: the file as it is, and how large it is. `<Picture>` comes from its source, so that nothing has to be built before. */
export function plainPictures(): Plugin {
  return {
    name: 'lumen:plain-pictures',
    enforce: 'pre',
    config: () => ({ resolve: { alias: { '@paceline/images/react': component } } }),
    load: {
      filter: { id: /\.jpg\?picture$/ },
      async handler(id) {
        const file = id.slice(0, -PICTURE.length)
        const { width, height } = await sharp(file).metadata()
        return `import src from ${JSON.stringify(file)}\nexport default { src, width: ${width}, height: ${height}, sources: [] }`
      },
    },
  }
}
