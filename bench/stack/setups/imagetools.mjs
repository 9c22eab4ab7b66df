import { imagetools } from 'vite-imagetools'

/** `import photo from './photo.jpg?picture'`: AVIF, WebP and JPEG in four widths. */
export const pictures = (cache) =>
  imagetools({
    cache: { dir: cache },
    include: /\.jpg\?picture$/,
    defaultDirectives: new URLSearchParams('as=picture&format=avif;webp;jpg&w=240;480;960;1600'),
    extendOutputFormats: (builtins) => ({ ...builtins, picture: () => pictureOf }),
  })

function pictureOf(files) {
  const of = (format) => files.filter(({ transforms }) => transforms.format === format)
  const srcset = (format) => of(format).map(({ src, info }) => `${src} ${info.width}w`)
  const { src, info } = of('jpg').at(-1)
  const types = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' }
  const sources = Object.entries(types).map(([format, type]) => ({ type, srcset: srcset(format).join(', ') }))
  return { src, width: info.width, height: info.height, sources }
}
