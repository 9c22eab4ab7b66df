/** Files of the build that an HTML document makes the browser fetch at once. */
export interface HtmlLinks {
  readonly scripts: readonly string[]
  readonly preloads: readonly string[]
  readonly styles: readonly string[]
}

const TAG = /<(script|link)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi
/** Browsers with modules, which are those that anybody measures, do not fetch such a script. */
const NO_MODULE = /(?:^|\s)nomodule(?=[\s=/]|$)/i
const COMMENT = /<!--[^]*?-->/g

/**
 * Reads the tags that Vite writes (`<script type="module" src>`, `<link rel="modulepreload|preload|stylesheet" href>`)
 * and those of the user. URLs are brought back to files of the output directory; others are left out.
 *
 * @param file the HTML file, relative to the output directory; relative URLs start from its folder
 */
export function htmlLinks(html: string, file: string, base: string, known: ReadonlySet<string>): HtmlLinks {
  const links = { scripts: new Set<string>(), preloads: new Set<string>(), styles: new Set<string>() }
  for (const [, tag = '', text = ''] of html.replaceAll(COMMENT, '').matchAll(TAG)) {
    const script = tag.toLowerCase() === 'script'
    if (script && NO_MODULE.test(text)) continue
    const target = outputFile(attribute(text, script ? 'src' : 'href'), file, base)
    if (target === undefined || !known.has(target)) continue
    const rel = attribute(text, 'rel')?.toLowerCase().split(/\s+/) ?? []
    if (script) links.scripts.add(target)
    else if (rel.includes('stylesheet')) links.styles.add(target)
    else if (rel.includes('modulepreload') || rel.includes('preload')) links.preloads.add(target)
  }
  return { scripts: [...links.scripts], preloads: [...links.preloads], styles: [...links.styles] }
}

function attribute(text: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(text)
  return (match?.[1] ?? match?.[2] ?? match?.[3])?.replaceAll('&amp;', '&')
}

/** The file of the output directory behind a URL; what is no URL at all is nobody's file. */
function outputFile(url: string | undefined, file: string, base: string): string | undefined {
  if (!url || url.startsWith('data:')) return undefined
  // `base` may be a path, a full URL (CDN) or relative ('' or './'); only what lies under it is ours.
  const site = new URL(/^https?:\/\//.test(base) ? base : base.startsWith('/') ? base : '/', 'http://site.invalid')
  const page = new URL(encodeURI(file).replaceAll(/[?#]/g, encodeURIComponent), site)
  if (!URL.canParse(url, page.href)) return undefined
  const resolved = new URL(url, page)
  if (resolved.origin !== site.origin || !resolved.pathname.startsWith(site.pathname)) return undefined
  return decoded(resolved.pathname.slice(site.pathname.length))
}

/** A lone `%` is legal in a file name and common in HTML written by hand. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
