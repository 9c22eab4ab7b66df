import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CollectingSite } from '../../support/vitals/collecting-site.ts'
import { errorsOf, expect, openMeasured, test } from '../../support/vitals/test.ts'

/** Two screens that load when they are asked for: one in a file of its own, one with a style sheet. */
test.use({
  files: {
    'package.json': JSON.stringify({ name: 'lazy-app', version: '1.0.0', private: true, type: 'module' }),
    'index.html':
      '<!doctype html><html lang="en"><head><title>Lazy</title><link rel="icon" href="data:," /></head><body><h1>Screens that come later</h1><button id="bare">bare</button><button id="styled">styled</button><p id="said"></p><script type="module" src="/src/main.js"></script></body></html>',
    'away.html':
      '<!doctype html><html lang="en"><head><title>Away</title><link rel="icon" href="data:," /></head><body></body></html>',
    'src/main.js': [
      "const said = document.getElementById('said')",
      "const show = async (load) => { try { said.textContent = (await load()).name } catch { said.textContent = 'did not load' } }",
      "document.getElementById('bare').addEventListener('click', () => show(() => import('./bare.js')))",
      "document.getElementById('styled').addEventListener('click', () => show(() => import('./styled.js')))",
    ].join('\n'),
    'src/bare.js': "export const name = 'bare'",
    'src/styled.js': "import './styled.css'\nexport const name = 'styled'",
    'src/styled.css': 'p { color: rebeccapurple }',
  },
})

/** Deletes a file of the build, as a deploy does that does not keep the last release. */
async function remove({ reports }: CollectingSite, pattern: RegExp): Promise<void> {
  const assets = join(reports, '../dist/assets')
  const found = (await readdir(assets)).filter((file) => pattern.test(file))
  expect(found).toHaveLength(1)
  await rm(join(assets, found[0]!))
}

for (const [what, pattern, id] of [
  ['script', /^bare-.*js$/, 'bare'],
  ['script that brings a style sheet', /^styled-.*js$/, 'styled'],
  ['style sheet of a script', /^styled-.*css$/, 'styled'],
] as const) {
  test(`a lazy ${what} that is gone counts once, and nothing else does`, async ({ page, site }) => {
    const errors = errorsOf(page)
    await remove(site, pattern)
    const measured = await openMeasured(page, site)
    await page.locator(`#${id}`).click()
    await expect(page.locator('#said')).toHaveText('did not load')
    await page.goto('about:blank')
    await expect.poll(() => site.pages().get(measured)?.errors).toEqual({ unhandled: 0, chunks: 1 })
    expect(errors).toEqual([])
  })
}

test('chunks that load count nothing; a script and a style sheet of the page that do not load count each', async ({
  page,
  site,
}) => {
  const measured = await openMeasured(page, site)
  for (const id of ['bare', 'styled']) {
    await page.locator(`#${id}`).click()
    await expect(page.locator('#said')).toHaveText(id)
  }
  const add = (tag: 'script' | 'link' | 'img', attributes: object): Promise<unknown> =>
    page.evaluate(
      ([tag, attributes]) =>
        new Promise((resolve) => {
          const element = Object.assign(document.createElement(tag), attributes)
          element.addEventListener('error', resolve)
          document.head.append(element)
        }),
      [tag, attributes] as const,
    )
  // A picture is no chunk.
  await add('img', { src: '/gone.png' })
  await page.waitForTimeout(2500)
  expect(site.pages().get(measured)?.errors).toBeUndefined()
  await add('script', { src: '/gone.js' })
  await add('link', { rel: 'stylesheet', href: '/gone.css' })
  await page.goto('about:blank')
  await expect.poll(() => site.pages().get(measured)?.errors).toEqual({ unhandled: 0, chunks: 2 })
})
