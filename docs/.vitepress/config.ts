import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { paceline } from 'paceline'
import { defineConfig } from 'vitepress'
import { excluded, home, item, itemsOf, pageOf, root } from './pages.ts'
import { copiedFiles, repositoryLinks } from './repository-links.ts'

/** A line that keeps under a limit. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M2 8h28" stroke="#e05d44" stroke-width="3"/><path d="M2 26 11 18l7 5 12-11" fill="none" stroke="#3451b2" stroke-width="4"/></svg>',
)}`

/**
 * The guides as they lie in the repository, where their links work too, and the changelog, the security page and the figures from
 * outside `docs/`.
 */
export default defineConfig({
  title: 'Paceline',
  description: 'One performance contract for a Vite front end, from vite build to the user’s browser.',
  lang: 'en',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: ICON }]],
  srcDir: root,
  srcExclude: excluded,
  rewrites: (id) => pageOf(id),
  cleanUrls: true,
  lastUpdated: false,
  themeConfig: {
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Figures', link: '/results' },
    ],
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: [
      {
        text: 'Beginning',
        items: [
          item('docs/start.md'),
          item('docs/moving-over.md'),
          item('docs/contract.md'),
          item('docs/cli.md'),
          item('docs/ci.md'),
          item('docs/any-app.md'),
        ],
      },
      {
        text: 'The build',
        items: ['report', 'budgets', 'chunks', 'rules', 'images', 'compress', 'cache', 'service-worker'].map((name) =>
          item(`docs/${name}.md`),
        ),
      },
      { text: 'The field and the lab', items: ['vitals', 'collector', 'lab'].map((name) => item(`docs/${name}.md`)) },
      {
        text: 'Hosts',
        items: [item('docs/delivery/README.md'), ...itemsOf('delivery')],
        collapsed: true,
      },
      {
        text: 'When something is off',
        items: [item('docs/troubleshooting.md')],
      },
      {
        text: 'Behind it',
        items: [
          item('docs/figures.md'),
          item('bench/RESULTS.md', 'All figures'),
          item('bench/README.md', 'Running the benchmarks'),
          item('SECURITY.md'),
          item('CONTRIBUTING.md'),
          item('CHANGELOG.md'),
        ],
      },
      { text: 'Decisions', items: itemsOf('decisions'), collapsed: true },
    ],
  },
  markdown: { config: repositoryLinks },
  vite: {
    // Vite's root is the repository: what Paceline keeps beside it belongs here instead.
    plugins: [
      paceline({
        buildGraph: { dir: join(home, 'paceline') },
        budgets: { initial: '80 kB', total: { limit: '4 MB', encoding: 'brotli' }, images: '300 kB' },
        delivery: { releases: 0 },
        cache: { dir: join(root, 'node_modules/.cache/paceline') },
      }),
    ],
  },
  buildEnd({ outDir }) {
    for (const file of copiedFiles) cpSync(join(root, file), join(outDir, 'files', file))
  },
})
