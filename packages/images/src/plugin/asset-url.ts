import type { ResolvedConfig, Rollup } from 'vite'

/** An image to be emitted. */
export interface ImageAsset {
  /** What it is called before its hash: `hero-960.avif`. */
  readonly name: string
  /** Absolute path of the picture it was made from. */
  readonly original: string
  /** Of the original, relative to the Vite root: what manifests list the file under. */
  readonly originalName: string | undefined
  readonly bytes: Uint8Array
  readonly mediaType: string
}

/** The query of an import, as far as it says what becomes of the URL. */
export type Inlining = 'inline' | 'no-inline' | undefined

/**
 * Emits an image and gives the text that becomes its URL: Vite puts `base`, `renderBuiltUrl` and relative paths in its place when chunks are
 * rendered, as for assets of its own. Small ones are inlined by the rules of `build.assetsInlineLimit`.
 *
 * The text must stand in a JavaScript string with double quotes.
 */
export function emitImage(
  context: Pick<Rollup.PluginContext, 'emitFile' | 'environment'>,
  asset: ImageAsset,
  inlining: Inlining,
): string {
  const { build } = context.environment.config
  if (isInlined(build.assetsInlineLimit, asset, inlining)) return dataUrl(asset)
  const reference = context.emitFile({
    type: 'asset',
    name: asset.name,
    ...(asset.originalName === undefined ? {} : { originalFileName: asset.originalName }),
    source: asset.bytes,
  })
  return `__VITE_ASSET__${reference}__`
}

/** Whether the rules of `build.assetsInlineLimit`, or the import itself, ask for a data URL. */
export function isInlined(
  limit: ResolvedConfig['build']['assetsInlineLimit'],
  { original, bytes }: Pick<ImageAsset, 'original' | 'bytes'>,
  inlining: Inlining,
): boolean {
  if (inlining !== undefined) return inlining === 'inline'
  if (typeof limit !== 'function') return bytes.byteLength < Number(limit)
  return limit(original, Buffer.from(bytes)) ?? bytes.byteLength < DEFAULT_INLINE_LIMIT
}

/** Of Vite, for functions that leave the choice to it. */
const DEFAULT_INLINE_LIMIT = 4096

function dataUrl({ mediaType, bytes }: ImageAsset): string {
  if (mediaType !== 'image/svg+xml') return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`
  // What must be escaped in a URL, in CSS and in HTML: shorter than base64, and gzip finds something in it.
  const text = Buffer.from(bytes).toString('utf8').trim()
  return `data:${mediaType},${text.replace(/[%#<>"'{}|\\^`\s]/g, (letter) => encodeURIComponent(letter).replace("'", '%27'))}`
}
