import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { arrivedFiles, type ArrivedFile } from '../../support/delivery/arrived-files.ts'
import { deploy } from '../../support/delivery/deployed-app.ts'
import { openBrowser } from '../../support/delivery/persistent-browser.ts'
import { servedWithNginx } from '../../support/delivery/served-with-nginx.ts'
import { command, servedWithPaceline } from '../../support/delivery/served-with-paceline.ts'
import type { Site } from '../../support/serve-site.ts'
import { withApp } from '../../support/temporary-app.ts'

interface Server {
  readonly name: string
  serve(root: string): Promise<Site>
}

const servers: readonly Server[] = [
  { name: 'paceline serve', serve: servedWithPaceline },
  { name: 'nginx', serve: servedWithNginx },
]

/** Opens the page of a release. Servers go on with the one before for a moment: `paceline serve` for a second, nginx while old workers end. */
async function visit(page: Page, url: string, release: string): Promise<ArrivedFile[]> {
  await expect(async () => {
    await page.goto(url, { waitUntil: 'networkidle' })
    await expect(page.locator('h1')).toHaveText(`Release ${release}, 1970`, { timeout: 100 })
  }).toPass({ timeout: 20_000 })
  return arrivedFiles(page)
}

/** Over a connection of its own. */
function answer(url: string, headers: OutgoingHttpHeaders = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => resolve(response.resume())).on('error', reject)
  })
}

/** The script that the page begins with: by far the biggest. */
function mainScript(files: readonly ArrivedFile[]): ArrivedFile {
  return files.filter(({ file }) => file.endsWith('.js')).sort((a, b) => b.decoded - a.decoded)[0]!
}

async function withBrowser(root: string, use: (context: BrowserContext, page: Page) => Promise<void>): Promise<void> {
  const context = await openBrowser(join(root, 'profile'))
  try {
    const errors: string[] = []
    const page = context.pages()[0] ?? (await context.newPage())
    page.on('pageerror', ({ message }) => errors.push(message))
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())))
    await use(context, page)
    expect(errors).toEqual([])
  } finally {
    await context.close()
  }
}

for (const { name, serve } of servers) {
  test.describe(name, () => {
    const next = (root: string, release: string): Promise<void> =>
      deploy(root, release, { delivery: { targets: ['nginx'], targetOptions: { root: join(root, 'dist') } } })
    /** An app with its first release, and a server that keeps running while others are deployed. */
    async function withSite(use: (root: string, site: Site) => Promise<void>): Promise<void> {
      await withApp({}, async (root) => {
        await next(root, 'one')
        const site = await serve(root)
        try {
          await use(root, site)
        } finally {
          await site.close()
        }
      })
    }
    test('three releases in a row: what changed comes as a delta, and what did not is not asked for', async () => {
      await withSite(async (root, { url, redeployed }) => {
        await withBrowser(root, async (_, page) => {
          const first = mainScript(await visit(page, url, 'one'))
          expect(['br', 'zstd']).toContain(first.encoding)
          for (const release of ['two', 'three']) {
            await next(root, release)
            await redeployed?.()
            const files = await visit(page, url, release)
            const script = mainScript(files)
            expect(['dcb', 'dcz']).toContain(script.encoding)
            expect(script.decoded).toBeGreaterThan(20_000)
            expect(script.encoded).toBeLessThanOrEqual(first.encoded * 0.01)
            expect(script.transferred).toBeLessThan(first.transferred * 0.1)
            // The style is the same file as before.
            expect(files.find(({ file }) => file.endsWith('.css'))?.transferred).toBe(0)
          }
        })
      })
    })

    test('a release is skipped, and the browser was closed in between', async () => {
      await withSite(async (root, { url, redeployed }) => {
        await withBrowser(root, async (_, page) => void (await visit(page, url, 'one')))
        await next(root, 'two')
        await next(root, 'three')
        await redeployed?.()
        await withBrowser(root, async (_, page) => {
          expect(['dcb', 'dcz']).toContain(mainScript(await visit(page, url, 'three')).encoding)
        })
      })
    })

    test('a tab that stays open over two deploys still loads what it had not loaded yet', async () => {
      await withSite(async (root, { url, redeployed }) => {
        await withBrowser(root, async (context, page) => {
          await visit(page, url, 'one')
          await next(root, 'two')
          await next(root, 'three')
          await redeployed?.()
          await page.getByRole('button').click()
          await expect(page.locator('p')).toHaveText('About release one')
          await visit(await context.newPage(), url, 'three')
        })
      })
    })

    test('a delta is only for who has its dictionary, to the bit', async () => {
      await withSite(async (root, { url, redeployed }) => {
        const scripts = async (): Promise<string[]> =>
          (await readdir(join(root, 'dist/assets'))).filter((file) => file.endsWith('.js'))
        const before = await scripts()
        const dictionaries = await Promise.all(before.map((file) => readFile(join(root, 'dist/assets', file))))
        await next(root, 'two')
        await redeployed?.()
        const page = await readFile(join(root, 'dist/index.html'), 'utf8')
        const script = /src="(?<src>\/assets\/[^"]+\.js)"/.exec(page)!.groups!['src']!
        await expect.poll(async () => (await answer(url + script)).statusCode, { timeout: 20_000 }).toBe(200)
        const ask = async (dictionary: Buffer, encodings = 'br, zstd, gzip, dcb, dcz'): Promise<string | undefined> => {
          const hash = createHash('sha256').update(dictionary).digest('base64')
          const headers = { 'accept-encoding': encodings, 'available-dictionary': `:${hash}:` }
          return (await answer(url + script, headers)).headers['content-encoding']
        }
        const answers = await Promise.all(dictionaries.map((one) => ask(one)))
        // That of the same chunk has a delta.
        expect(answers.filter((one) => one === 'dcb' || one === 'dcz').length).toBeGreaterThan(0)
        const changed = dictionaries.map((one) => Buffer.concat([one, Buffer.from(' ')]))
        for (const one of [...changed, Buffer.alloc(0)]) expect(['br', 'zstd', 'gzip']).toContain(await ask(one))
        for (const one of dictionaries) expect(['br', 'zstd', 'gzip']).toContain(await ask(one, 'br, zstd, gzip'))
      })
    })

    test('doctor finds nothing that is not as the build meant it, and what is', async () => {
      await withSite(async (root, { url, redeployed }) => {
        await next(root, 'two')
        await redeployed?.()
        const doctor = (): Promise<{ code: number; said: string }> =>
          promisify(execFile)(process.execPath, [command, 'doctor', url, '--root', root], { cwd: root }).then(
            ({ stdout }) => ({ code: 0, said: stdout }),
            ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
          )
        await expect(async () => expect(await doctor()).toMatchObject({ code: 0 })).toPass({ timeout: 20_000 })
        await writeFile(join(root, 'dist/robots.txt'), 'somebody else has deployed')
        await expect(async () => {
          expect(await doctor()).toMatchObject({ code: 1, said: expect.stringContaining('robots.txt') })
        }).toPass({ timeout: 20_000 })
      })
    })
  })
}
