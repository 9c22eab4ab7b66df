import type { HtmlTagDescriptor } from 'vite'
import type { ResolvedManifestOptions } from '../resolve-options.ts'

/** An icon that was made. */
export interface Icon {
  /** Relative to the output directory. */
  readonly file: string
  /** Pixels. */
  readonly size: number
  /** `maskable` has a ground and room around it: systems cut it into their own shape. */
  readonly purpose: 'any' | 'maskable' | 'apple'
}

export const MANIFEST_FILE = 'manifest.webmanifest'

/**
 * The text of a web app manifest, which lies in the folder of the app.
 *
 * @param urlOf from where a file is served, relative to that folder
 * @see https://www.w3.org/TR/appmanifest/
 */
export function webManifest(
  { name, shortName, description, lang, display, startUrl, themeColor, backgroundColor, more }: ResolvedManifestOptions,
  icons: readonly Icon[],
  urlOf: (file: string) => string,
): string {
  const manifest = {
    id: './',
    name,
    short_name: shortName,
    description,
    lang,
    start_url: startUrl,
    scope: './',
    display,
    theme_color: themeColor,
    background_color: backgroundColor,
    icons: icons
      .filter(({ purpose }) => purpose !== 'apple')
      .map(({ file, size, purpose }) => ({ src: urlOf(file), sizes: `${size}x${size}`, type: 'image/png', purpose })),
    ...more,
  }
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}

/**
 * What a page says of them.
 *
 * @param root the folder of the app, as the page names it
 */
export function manifestTags(
  { themeColor }: Pick<ResolvedManifestOptions, 'themeColor'>,
  icons: readonly Icon[],
  { root, urlOf }: { readonly root: string; readonly urlOf: (file: string) => string },
): HtmlTagDescriptor[] {
  const href = (file: string): string => {
    const url = urlOf(file)
    return /^(?:\w+:)?\/\//.test(url) ? url : root + url
  }
  const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({ tag: 'link', attrs, injectTo: 'head' })
  return [
    link({ rel: 'manifest', href: root + MANIFEST_FILE }),
    ...icons.flatMap(({ file, purpose }) =>
      purpose === 'apple' ? [link({ rel: 'apple-touch-icon', href: href(file) })] : [],
    ),
    ...(themeColor === undefined
      ? []
      : [{ tag: 'meta', attrs: { name: 'theme-color', content: themeColor }, injectTo: 'head' as const }]),
  ]
}
