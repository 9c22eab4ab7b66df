import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { images } from '@paceline/images'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { createServer, type Plugin } from 'vite'
import { difference } from '../../support/images/compare-pictures.ts'
import { photographs } from '../../support/images/photographs.ts'
import { withApp } from '../../support/temporary-app.ts'
import { expect, test } from '../../support/test.ts'

/** Mean difference of a channel, of 255, between small copies: as in contents.spec.ts. */
const SAME = 4

const files = [...photographs.values()]
const photographOf = (file: string): Promise<Buffer> => sharp(file).resize(900, 600, { fit: 'cover' }).jpeg().toBuffer()

const MAIN = `
import photo from './photo.jpg?picture'
const sources = photo.sources.map(({ type, srcset }) => '<source type="' + type + '" srcset="' + srcset + '" sizes="600px">')
document.querySelector('#root').innerHTML =
  '<picture>' + sources.join('') + '<img src="' + photo.src + '" width="600" height="400" alt="A photograph"></picture>'
import.meta.hot.accept()
`

test.skip(({ reports }) => reports.endsWith('default'), 'It is about no build, so once is enough.')

/** One answer of the server for a variant. */
interface Answer {
  readonly status: number
  readonly type: string
  readonly etag: string
}

/** What the server says about variants, on its own side: a browser hides 304 from its page. */
function recordAnswers(answers: Answer[]): Plugin {
  return {
    name: 'test:answers',
    enforce: 'pre',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url?.includes('/@paceline/images/')) {
          response.on('finish', () => {
            const header = (name: string): string => String(response.getHeader(name) ?? '')
            // What `writeHead` is given goes out without being kept, unless a header was set before.
            answers.push({ status: response.statusCode, type: header('content-type'), etag: header('etag') })
          })
          response.setHeader('Vary', 'Accept')
        }
        next()
      })
    },
  }
}

/** Asks for the page again until the variant is what the server answers with. */
async function untilMade(page: Page, answers: readonly Answer[]): Promise<Answer> {
  await expect
    .poll(
      async () => {
        await page.reload()
        await shown(page)
        return answers.at(-1)?.type
      },
      { timeout: 30_000 },
    )
    .toBe('image/avif')
  return answers.at(-1)!
}

/** What the page shows, once it is decoded. */
async function shown(page: Page): Promise<Buffer> {
  const image = page.getByRole('img', { name: 'A photograph' })
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth > 0)).toBe(true)
  return image.screenshot()
}

test('the dev server shows the original at once, then the variant, and a changed photograph anew', async ({ page }) => {
  const [before, after] = await Promise.all(files.slice(0, 2).map(photographOf))
  const app = {
    'index.html':
      '<!doctype html><html lang="en"><title>A photograph</title><link rel="icon" href="data:,"><div id="root"></div><script type="module" src="/main.js"></script></html>',
    'main.js': MAIN,
    'photo.jpg': before!,
  }
  await withApp(app, async (root) => {
    const answers: Answer[] = []
    const server = await createServer({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [recordAnswers(answers), images({ widths: [600], quality: 60 })],
      server: { port: 0, host: '127.0.0.1' },
    })
    try {
      await server.listen()
      await page.goto(server.resolvedUrls!.local[0]!)
      expect(await difference(await shown(page), before!)).toBeLessThan(SAME)
      expect(answers[0]).toEqual({ status: 200, type: 'image/jpeg', etag: '' })

      const made = await untilMade(page, answers)
      expect(made).toMatchObject({ status: 200, etag: expect.stringMatching(/^".+"$/) })
      expect(await difference(await shown(page), before!)).toBeLessThan(SAME)

      await page.reload()
      await shown(page)
      expect(answers.at(-1)).toMatchObject({ status: 304, etag: made.etag })

      const count = answers.length
      await writeFile(join(root, 'photo.jpg'), after!)
      // The page shows it by itself: nobody loads it again.
      await expect.poll(() => answers.length, { timeout: 30_000 }).toBeGreaterThan(count)
      expect(await difference(await shown(page), after!)).toBeLessThan(SAME)
      expect(answers[count]).toEqual({ status: 200, type: 'image/jpeg', etag: '' })
      const remade = await untilMade(page, answers)
      expect(remade.etag).not.toBe(made.etag)
      expect(await difference(await shown(page), after!)).toBeLessThan(SAME)
    } finally {
      await server.close()
    }
  })
})
