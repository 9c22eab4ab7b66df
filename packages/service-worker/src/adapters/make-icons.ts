import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import type { Icon } from '../core/web-manifest.ts'
import { serviceWorkerError } from '../errors.ts'

export interface MadeIcon extends Icon {
  readonly content: Uint8Array
}

const SIZES = [
  [192, 'any'],
  [512, 'any'],
  [512, 'maskable'],
  [180, 'apple'],
] as const
const LARGEST = 512
/** What no system cuts off a maskable icon: a circle of 80 % of its width. */
const SAFE = 0.8

interface IconSource {
  /** Absolute. */
  readonly path: string
  /** As the options call it. */
  readonly name: string
  /** Of icons that must not be transparent. */
  readonly ground: string
  readonly folder: string
}

/**
 * Makes every icon of an app of one picture.
 *
 * @throws `PACELINE_SW_SHARP_MISSING`, `PACELINE_SW_ICON_MISSING`, `PACELINE_SW_ICON_UNUSABLE`
 */
export async function makeIcons({ path, name, ground, folder }: IconSource): Promise<MadeIcon[]> {
  const { default: sharp } = await import('sharp').catch((cause: unknown) => {
    throw serviceWorkerError('PACELINE_SW_SHARP_MISSING', [], { cause })
  })
  const source = await readFile(path).catch((cause: unknown) => {
    throw serviceWorkerError('PACELINE_SW_ICON_MISSING', [name], { cause })
  })
  const unusable = (reason: string, cause?: unknown): Error =>
    serviceWorkerError('PACELINE_SW_ICON_UNUSABLE', [name, reason], { cause })
  const { format, width, height } = await sharp(source)
    .metadata()
    .catch((cause: unknown) => {
      throw unusable('it is no picture that sharp reads', cause)
    })
  const least = Math.min(width, height)
  if (format !== 'svg' && least < LARGEST) throw unusable(`it is ${width} × ${height} pixels`)
  // A vector is drawn at the density that gives the largest icon its pixels, not drawn small and scaled up.
  const density = format === 'svg' ? Math.min(100_000, Math.max(72, Math.ceil((72 * LARGEST) / least))) : 72
  const make = async (size: number, purpose: Icon['purpose']): Promise<MadeIcon> => {
    const inner = purpose === 'any' ? size : Math.round(size * SAFE)
    const start = Math.floor((size - inner) / 2)
    const rest = size - inner - start
    const around = purpose === 'any' ? { r: 0, g: 0, b: 0, alpha: 0 } : ground
    const picture = sharp(source, { density })
      .resize(inner, inner, { fit: 'contain', background: around })
      .extend({ top: start, left: start, bottom: rest, right: rest, background: around })
    // sharp flattens before it extends, whatever the order of the calls.
    const content = await (purpose === 'any' ? picture : picture.flatten({ background: ground }))
      .png({ compressionLevel: 9 })
      .toBuffer()
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8)
    return { file: posix.join(folder, `${stemOf(size, purpose)}${hash}.png`), size, purpose, content }
  }
  return Promise.all(SIZES.map(([size, purpose]) => make(size, purpose)))
}

/** What the name of an icon begins with. */
export function stemOf(size: number, purpose: Icon['purpose']): string {
  return `app-icon-${purpose === 'any' ? '' : `${purpose}-`}${size}-`
}
