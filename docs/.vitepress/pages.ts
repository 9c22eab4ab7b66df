import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DefaultTheme } from 'vitepress'

export const root: string = fileURLToPath(new URL('../..', import.meta.url))

/** Files of the repository outside `docs/` that are pages of the site, and where. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'security.md',
  'bench/README.md': 'bench.md',
  'bench/RESULTS.md': 'results.md',
}

/** All else that ends in `.md` and is no page. */
export const excluded: string[] = [
  'README.md',
  'bench/*/**',
  'e2e/**',
  'matrix/**',
  'packages/**',
  'playground/**',
  'scripts/**',
]

/** The page of a file, both from the root of the repository and with `.md`. `README.md` of a folder is its index. */
export function pageOf(file: string): string {
  const own = ELSEWHERE[file]
  if (own !== undefined) return own
  return file.replace(/^docs\//, '').replace(/(^|\/)README\.md$/, '$1index.md')
}

/**
 * Where a link leads that was written to work between the files of the repository: to the page of a file, or to a copy of a
 * file that is no page. Links to a package lead to the page that its README names first, those to the front page to the start, those to
 * another folder to the file that says what it is.
 *
 * @param from Path of the file with the link, from the root of the repository.
 * @throws When there is no such file: a link that leads nowhere is a mistake.
 */
export function targetOf(href: string, from: string): { readonly url: string; readonly copy?: string } {
  if (/^(?:[a-z]+:|#)/i.test(href)) return { url: href }
  const [path = '', hash] = href.split('#')
  const file = posix.join(posix.dirname(from), decodeURIComponent(path))
  if (!existsSync(join(root, file)))
    throw new Error(`${from}: the link \`${href}\` leads to no file; ${file} is meant.`)
  const suffix = hash === undefined ? '' : `#${hash}`
  if (isPage(file)) return { url: `/${pageOf(file)}${suffix}` }
  const page = pageOfReadme(file)
  if (page !== undefined) return { url: `/${page}${suffix}` }
  const copy = statSync(join(root, file)).isDirectory() ? mainFileOf(file) : file
  return { url: `/files/${copy}`, copy }
}

function mainFileOf(folder: string): string {
  const main = ['vite.config.ts', 'package.json']
    .map((name) => `${folder}/${name}`)
    .find((file) => existsSync(join(root, file)))
  if (main === undefined) throw new Error(`${folder} is linked to, and has no file that could stand for it.`)
  return main
}

function isPage(file: string): boolean {
  return Object.hasOwn(ELSEWHERE, file) || (file.startsWith('docs/') && file.endsWith('.md'))
}

/** `packages/images` and its README are only signposts: their page is the one in `docs/` that they point at. */
function pageOfReadme(file: string): string | undefined {
  if (file === 'README.md') return 'index.md'
  const readme = file.endsWith('.md') ? file : `${file}/README.md`
  if (!readme.startsWith('packages/') || !existsSync(join(root, readme))) return undefined
  const link = /\]\(((?:\.\.\/)+docs\/[^)#]+)/.exec(readFileSync(join(root, readme), 'utf8'))?.[1]
  return link === undefined ? undefined : pageOf(posix.join(posix.dirname(readme), link))
}

/** Title of a page: its first heading. */
export function titleOf(file: string): string {
  const text = readFileSync(join(root, file), 'utf8')
  const title = /^# (.+)$/m.exec(text)?.[1] ?? /^title: (.+)$/m.exec(text)?.[1]
  if (title === undefined) throw new Error(`${file} has no heading to be listed under.`)
  return title.replaceAll('`', '')
}

/** The entry of a page in the sidebar: its title up to a colon. */
export function item(file: string, text: string = titleOf(file).split(': ')[0]!): DefaultTheme.SidebarItem {
  return { text, link: `/${pageOf(file).replace(/(?:index)?\.md$/, '')}` }
}

/** Entries of all pages in a folder of `docs/`, by file name. */
export function itemsOf(folder: string): DefaultTheme.SidebarItem[] {
  const files = readdirSync(join(root, 'docs', folder)).filter((name) => name.endsWith('.md') && name !== 'README.md')
  return files.toSorted().map((name) => item(posix.join('docs', folder, name)))
}

/** Path of a file from the root of the repository, with `/`. */
export function fromRoot(file: string): string {
  return relative(root, file).split(sep).join('/')
}

/** Where the site's own files lie: `dirname` of this one. */
export const home: string = dirname(fileURLToPath(import.meta.url))
