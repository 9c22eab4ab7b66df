import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { chunks } from '@paceline/chunks'
import { runBuild } from '@paceline/testkit'
import type { InlineConfig } from 'vite'
import { stableApp } from '../../../packages/chunks/src/stable/testing/stable-app.ts'
import { serveSite } from '../../support/serve-site.ts'
import { withApp } from '../../support/temporary-app.ts'

type Files = Readonly<Record<string, string>>

const index = stableApp['index.html']
const own = '<script type="importmap">{ "imports": { "shared-react": "/vendor/react.js" } }</script>'
const withOwnMap: Files = {
  ...stableApp,
  'index.html': index.replace('</head>', `${own}</head>`),
  'src/leaf.js': `import name from 'shared-react'\n${stableApp['src/leaf.js']} + name`,
  'public/vendor/react.js': 'export default "React"',
}
const external = { build: { rollupOptions: { external: [/^shared-/] } } }

function build(root: string, config: InlineConfig): Promise<unknown> {
  const plugins = chunks({ strategy: 'planned', stable: true, minChunkSize: 0 })
  return runBuild({ vite: 8, root, plugins, config })
}

/** What the app did when it was opened, and what the browser said against it. */
async function visit(page: Page, address: string): Promise<{ ran: unknown[]; errors: string[] }> {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) errors.push(message.text())
  })
  await page.addInitScript(() => void Object.assign(globalThis, { ran: [] }))
  await page.goto(address, { waitUntil: 'networkidle' })
  return { ran: await page.evaluate<unknown[]>('ran'), errors }
}

/** Answers pages with a Content-Security-Policy. */
async function withPolicy(page: Page, scriptSrc: readonly string[]): Promise<void> {
  const policy = `default-src 'none'; connect-src 'self'; script-src ${["'self'", ...scriptSrc].join(' ')}`
  await page.route('**/*.html', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } })
  })
}

async function served(dir: string, use: (url: string) => Promise<void>): Promise<void> {
  const site = await serveSite(dir)
  try {
    await use(site.url)
  } finally {
    await site.close()
  }
}

for (const [name, files, leaf] of [
  ['the map of the build', stableApp, 'leaf one'],
  ['one map of the build and the page', withOwnMap, 'React'],
] as const) {
  test(`${name} is allowed by the hash in csp.json, and by nothing less`, async ({ page, browser }) => {
    await withApp(files, async (root) => {
      await build(root, external)
      const { scriptSrc } = JSON.parse(await readFile(join(root, '.paceline/csp.json'), 'utf8')) as {
        scriptSrc: Record<string, string[]>
      }
      expect(scriptSrc['index.html']).toHaveLength(1)
      await served(join(root, 'dist'), async (url) => {
        await withPolicy(page, scriptSrc['index.html']!)
        const { ran, errors } = await visit(page, `${url}/index.html`)
        expect(errors).toEqual([])
        expect(ran).toHaveLength(4)
        expect(ran.join(' ')).toContain(leaf)
        const strict = await browser.newPage()
        await withPolicy(strict, [])
        const refused = await visit(strict, `${url}/index.html`)
        // What the entry needs to find its pages stands in the map.
        expect(refused.ran.length).toBeLessThan(4)
        expect(refused.errors.join('\n')).toContain('Content Security Policy')
        await strict.close()
      })
    })
  })
}

for (const base of ['./', '']) {
  const admin: Files = { ...stableApp, 'admin/index.html': index.replace('/src/main.js', '/src/a.js') }

  test(`pages at the root of a directory run with base '${base}' and a map`, async ({ page }) => {
    await withApp({ ...stableApp, 'second.html': index }, async (root) => {
      const input = [join(root, 'index.html'), join(root, 'second.html')]
      await build(root, { base, build: { outDir: 'site/deep/er', rollupOptions: { input } } })
      await served(join(root, 'site'), async (url) => {
        for (const file of ['index.html', 'second.html']) {
          expect(await readFile(join(root, 'site/deep/er', file), 'utf8')).toContain('"importmap"')
          const { ran, errors } = await visit(page, `${url}/deep/er/${file}`)
          expect({ errors, length: ran.length }).toEqual({ errors: [], length: 4 })
        }
      })
    })
  })

  test(`a page in a directory of its own runs with base '${base}', without a map`, async ({ page }) => {
    await withApp(admin, async (root) => {
      const input = [join(root, 'index.html'), join(root, 'admin/index.html')]
      await build(root, { base, build: { outDir: 'site/deep', rollupOptions: { input } } })
      await served(join(root, 'site'), async (url) => {
        expect(await visit(page, `${url}/deep/index.html`)).toMatchObject({ errors: [], ran: { length: 4 } })
        expect((await visit(page, `${url}/deep/admin/index.html`)).errors).toEqual([])
      })
    })
  })
}

test('a page that a backend writes runs, without a map', async ({ page }) => {
  await withApp(stableApp, async (root) => {
    const input = [join(root, 'src/main.js'), join(root, 'src/a.js')]
    await build(root, { build: { manifest: true, rollupOptions: { input } } })
    const manifest = JSON.parse(await readFile(join(root, 'dist/.vite/manifest.json'), 'utf8')) as Record<
      string,
      { file: string }
    >
    await writeFile(join(root, 'dist/made.html'), index.replace('src/main.js', manifest['src/main.js']!.file))
    await served(join(root, 'dist'), async (url) => {
      expect(await visit(page, `${url}/made.html`)).toMatchObject({ errors: [], ran: { length: 4 } })
    })
  })
})
