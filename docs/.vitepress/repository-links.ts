import type { MarkdownRenderer } from 'vitepress'
import { fromRoot, targetOf } from './pages.ts'

/** Files that pages link to and that are no pages themselves, from the root of the repository. Filled while pages are made. */
export const copiedFiles: Set<string> = new Set()

/** Links lead from page to page as they lead from file to file in the repository. */
export function repositoryLinks(md: MarkdownRenderer): void {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    const file: string | undefined = env.realPath ?? env.path
    // Lines of the front page's head are made by themselves, without a file; their links are paths of the site.
    if (file === undefined) return
    const from = fromRoot(file)
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null
      if (href === null) continue
      const { url, copy } = targetOf(href, from)
      token.attrSet('href', url)
      if (copy === undefined) continue
      copiedFiles.add(copy)
      // Not a page: the router is to leave it to the browser.
      token.attrSet('target', '_blank')
    }
  })
}
