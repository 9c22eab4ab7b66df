import { normalize } from '@paceline/build-graph'
import type { ResolvedBuildOptions, Rollup } from 'vite'
import type { UnreferencedFile } from './rule-facts.ts'

const TEXT = /\.(?:css|html|json|webmanifest|svg|xml|txt)$/
/** `originalFileNames` of the one stylesheet of a build that does not split CSS, a library's too. */
const JOINED_STYLESHEET = 'style.css'

/**
 * Files made from a source file whose name stands in no other emitted text.
 *
 * @param listings files that name every other one, which is no reference
 */
export function unreferenced(bundle: Rollup.OutputBundle, listings: readonly string[]): UnreferencedFile[] {
  const outputs = Object.values(bundle)
  const texts = outputs.flatMap((output): { file: string; text: string }[] => {
    if (output.type === 'chunk') return [{ file: output.fileName, text: output.code }]
    if (!TEXT.test(output.fileName) || listings.includes(output.fileName)) return []
    const text = typeof output.source === 'string' ? output.source : new TextDecoder().decode(output.source)
    return [{ file: output.fileName, text }]
  })
  // Whoever loads a chunk loads its CSS: a server by the manifest, a library's user by name.
  const stylesheets = new Set(
    outputs.flatMap((output) => (output.type === 'chunk' ? [...(output.viteMetadata?.importedCss ?? [])] : [])),
  )
  return outputs.flatMap((output) => {
    if (!isFromSource(output) || /\.(?:map|html)$/.test(output.fileName) || stylesheets.has(output.fileName)) return []
    const name = normalize(output.fileName).split('/').at(-1)!
    // Vite writes URLs encoded.
    const names = [name, encodeURI(name)]
    const named = texts.some(({ file, text }) => file !== output.fileName && names.some((one) => text.includes(one)))
    if (named) return []
    const [source] = output.type === 'asset' ? output.originalFileNames : []
    return [{ file: output.fileName, ...(source === undefined ? {} : { source: normalize(source) }) }]
  })
}

function isFromSource(output: Rollup.OutputAsset | Rollup.OutputChunk): boolean {
  if (output.type === 'chunk') return !output.isEntry
  return output.originalFileNames.length > 0 && !output.originalFileNames.includes(JOINED_STYLESHEET)
}

/** Vite's manifests by the names that the config gives them. */
export function listings({ manifest, ssrManifest }: ResolvedBuildOptions): string[] {
  return [
    ...(manifest === false ? [] : [manifest === true ? '.vite/manifest.json' : manifest]),
    ...(ssrManifest === false ? [] : [ssrManifest === true ? '.vite/ssr-manifest.json' : ssrManifest]),
  ]
}
