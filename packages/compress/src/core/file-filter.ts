import picomatch from 'picomatch'
import type { FilterPattern } from '../options.ts'

/**
 * What shrinks. Images, fonts for the web (woff2), media and archives are compressed already; source maps are not served to visitors, unless
 * somebody includes them.
 */
const COMPRESSIBLE =
  /\.(?:html?|xhtml|css|m?js|cjs|json|geojson|jsonld|webmanifest|manifest|appcache|svg|xml|xsl|rss|atom|txt|text|md|csv|tsv|ya?ml|toml|ics|vcf|vtt|srt|wasm|ttf|otf|eot|ico|bmp|gltf|glsl|wgsl)$/i
/** Compressed once more they would only grow; siblings have none of their own. */
const COMPRESSED = /\.(?:gz|br|zst|dcb|dcz)$/i

/** Whether a file is to be compressed, by its path relative to the output directory. */
export function fileFilter(include: FilterPattern | undefined, exclude: FilterPattern): (file: string) => boolean {
  const isIncluded = matcher(include ?? COMPRESSIBLE)
  const isExcluded = matcher(exclude)
  return (file) => isIncluded(file) && !COMPRESSED.test(file) && !isExcluded(file)
}

function matcher(pattern: FilterPattern): (file: string) => boolean {
  const patterns = typeof pattern === 'string' || pattern instanceof RegExp ? [pattern] : pattern
  const matchers = patterns.map((one) => {
    if (typeof one === 'string') return picomatch(one, { dot: true })
    // With the flags `g` and `y` an expression goes on where it stopped the last time.
    return (file: string) => file.search(one) !== -1
  })
  return (file) => matchers.some((matches) => matches(file))
}
