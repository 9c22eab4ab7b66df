import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { PacelineOptions } from 'paceline'
import { deploy } from '../../support/delivery/deployed-app.ts'
import { servedWithPaceline } from '../../support/delivery/served-with-paceline.ts'
import { serveSite } from '../../support/serve-site.ts'
import { withApp } from '../../support/temporary-app.ts'

const apps: readonly (readonly [string, PacelineOptions])[] = [
  ['chunks that name each other', { delivery: { integrity: true }, chunks: { stable: false } }],
  ['chunks behind an import map', { delivery: { integrity: true }, chunks: { stable: true } }],
]

/** Changes one letter of a text in the script that holds it. */
async function tamper(root: string, text: string): Promise<string> {
  const dir = join(root, 'dist/assets')
  for (const file of (await readdir(dir)).filter((name) => name.endsWith('.js'))) {
    const code = await readFile(join(dir, file), 'utf8')
    if (!code.includes(text)) continue
    await writeFile(join(dir, file), code.replace(text, text.toUpperCase()))
    return file
  }
  throw new Error(`no script holds ${text}`)
}

for (const [name, options] of apps) {
  test.describe(name, () => {
    test('a page that names all hashes works, and downloads nothing twice', async ({ page }) => {
      await withApp({}, async (root) => {
        await deploy(root, 'one', options)
        const site = await servedWithPaceline(root)
        try {
          const asked: string[] = []
          const said: string[] = []
          page.on('request', (request) => void asked.push(new URL(request.url()).pathname))
          page.on('console', (message) => void said.push(message.text()))
          const answer = await page.goto(site.url, { waitUntil: 'networkidle' })
          expect(answer!.headers()['link']).toContain('integrity="sha256-')
          await expect(page.locator('h1')).toHaveText('Release one, 1970')
          await page.getByRole('button').click()
          await expect(page.locator('p')).toHaveText('About release one')
          // A preload that does not fit what asks for the file is downloaded again, and Chromium says so.
          expect(said).toEqual([])
          const assets = asked.filter((path) => path.startsWith('/assets/'))
          expect(assets.length).toBeGreaterThan(2)
          expect(assets.toSorted()).toEqual([...new Set(assets)].toSorted())
        } finally {
          await site.close()
        }
      })
    })

    for (const [part, text] of [
      ['the script of the page', 'Release one'],
      ['a lazy script', 'About release one'],
    ] as const) {
      test(`a letter changed in ${part} is refused`, async ({ page }) => {
        await withApp({}, async (root) => {
          await deploy(root, 'one', options)
          const file = await tamper(root, text)
          const site = await serveSite(join(root, 'dist'))
          try {
            const said: string[] = []
            page.on('console', (message) => void said.push(message.text()))
            await page.goto(site.url, { waitUntil: 'networkidle' })
            await page.getByRole('button').click()
            await expect.poll(() => said.join('\n')).toContain('integrity')
            expect(said.join('\n')).toContain(file)
            const isEntry = text === 'Release one'
            await expect(page.locator('h1')).toHaveText(isEntry ? '' : 'Release one, 1970')
            await expect(page.locator('p')).toHaveText('')
          } finally {
            await site.close()
          }
        })
      })
    }
  })
}
