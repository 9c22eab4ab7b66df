import { expect, test, type Page } from '@playwright/test'
import { runBuild, viteVersions, type ViteVersion } from '@paceline/testkit'
import { brokenApps } from '../../../packages/chunks/src/verify/testing/broken-apps.ts'
import { chunkedConfig, type ChunkedApp } from '../../../packages/chunks/src/verify/testing/chunked-app.ts'
import { soundApps } from '../../../packages/chunks/src/verify/testing/sound-apps.ts'
import { serveSite } from '../../support/serve-site.ts'
import { withApp } from '../../support/temporary-app.ts'

/** What the page of an app shows in the end. */
async function shown(page: Page, app: ChunkedApp, vite: ViteVersion, grouped: boolean): Promise<string | null> {
  return withApp(app.files, async (root) => {
    const config = grouped ? chunkedConfig(app, vite) : {}
    await runBuild({ vite, root, plugins: [], config: { ...config, logLevel: 'silent' } })
    const site = await serveSite(`${root}/dist`)
    try {
      await page.goto(site.url, { waitUntil: 'networkidle' })
      return await page.locator('main').textContent()
    } finally {
      await site.close()
    }
  })
}

for (const vite of viteVersions) {
  const broken = brokenApps.filter((app) => vite === 8 || !app.rolldown)

  for (const app of broken) {
    test(`Vite ${vite}: the page does not show what it has to when ${app.name}`, async ({ page }) => {
      expect(await shown(page, app, vite, false)).toBe(app.shows)
      expect(await shown(page, app, vite, true)).not.toBe(app.shows)
    })
  }

  for (const app of soundApps) {
    test(`Vite ${vite}: the page is right with ${app.name}`, async ({ page }) => {
      expect(await shown(page, app, vite, true)).toBe(app.shows)
    })
  }
}
