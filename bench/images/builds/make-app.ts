import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Photograph } from '../photographs.ts'
import { FORMATS, WIDTHS, type PeerQualities, type VariantName } from './variants.ts'

/** A photograph in the app that is built. */
export interface AppPhotograph {
  /** In the app's folder. */
  readonly file: string
  /** Those of the bench that it has, and its own in place of the others. */
  readonly widths: readonly number[]
}

/** Copies the photographs into a folder, which an app is made of. */
export async function copyPhotographs(photographs: readonly Photograph[], app: string): Promise<AppPhotograph[]> {
  mkdirSync(join(app, 'photos'), { recursive: true })
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'photographs', private: true, type: 'module' }))
  return Promise.all(
    photographs.map(async ({ name, file }) => {
      const copy = `photos/${name.replaceAll('/', '-')}.jpg`
      copyFileSync(file, join(app, copy))
      const { width } = await sharp(file).metadata()
      return { file: copy, widths: [...new Set(WIDTHS.map((wanted) => Math.min(wanted, width)))] }
    }),
  )
}

/** Writes the page and the module that name the photographs, in the way that a variant understands. */
export function writeApp(
  app: string,
  photographs: readonly AppPhotograph[],
  variant: VariantName,
  qualities: PeerQualities,
): void {
  writeFileSync(
    join(app, 'index.html'),
    '<!doctype html><title>Photographs</title><script type="module" src="/main.js"></script>',
  )
  const specifiers = photographs.flatMap((photograph) => specifiersOf(photograph, variant, qualities))
  const imports = specifiers.map((specifier, at) => `import p${at} from './${specifier}'`)
  const used = `document.body.dataset.photos = JSON.stringify([${specifiers.map((_, at) => `p${at}`).join(', ')}])`
  writeFileSync(join(app, 'main.js'), [...imports, used].join('\n'))
}

function specifiersOf({ file, widths }: AppPhotograph, variant: VariantName, qualities: PeerQualities): string[] {
  if (variant === 'bare' || variant === 'floor') return [file]
  if (variant !== 'imagetools') return [`${file}?picture`]
  return FORMATS.map(
    (format) => `${file}?w=${widths.join(';')}&format=${format}&quality=${qualities[format]}&as=srcset`,
  )
}
