import { readFileSync } from 'node:fs'
import { expect, test } from '../support/test.ts'

const folder = new URL('../../playground/.paceline/', import.meta.url)
const page = new URL('report.html', folder).href

interface Report {
  readonly routes: readonly { readonly id: string }[]
  readonly chunks: readonly { readonly file: string; readonly modules: readonly { readonly gzip: number }[] }[]
  readonly files: readonly { readonly file: string; readonly gzip: number }[]
}

interface TreemapNode {
  readonly name: string
  readonly uid?: string
  readonly children?: readonly TreemapNode[]
}

interface Treemap {
  readonly tree: TreemapNode
  readonly nodeParts: Readonly<Record<string, { readonly gzipLength: number }>>
}

const report = JSON.parse(readFileSync(new URL('report.json', folder), 'utf8')) as Report

test('the page asks for nothing but itself, under its own content security policy', async ({ page: tab }) => {
  const requests: string[] = []
  tab.on('request', (request) => requests.push(request.url()))
  await tab.goto(page)
  await expect(tab.getByRole('heading', { level: 2 }).first()).toContainText(
    /budgets?( and \d+ rules?)? (hold|overrun)/,
  )
  expect(requests).toEqual([page])
})

test('figures follow the switch between raw, gzip and brotli', async ({ page: tab }) => {
  await tab.goto(page)
  const figure = tab.locator('.facts dd').last()
  await expect(figure).toContainText('brotli')
  const before = await figure.textContent()
  await tab.getByRole('radio', { name: 'raw' }).check({ force: true })
  await expect(figure).toContainText('raw')
  expect(await figure.textContent()).not.toBe(before)
})

test('routes sort by their headings, with the keyboard too', async ({ page: tab }) => {
  await tab.goto(page)
  const routes = tab.getByRole('table', { name: 'Routes' })
  const heading = routes.getByRole('columnheader', { name: 'Route' })
  await heading.getByRole('button').focus()
  await tab.keyboard.press('Enter')
  await expect(heading).toHaveAttribute('aria-sort', 'ascending')
  const first = report.routes.map(({ id }) => id).sort((a, b) => a.localeCompare(b, 'en'))[0]!
  await expect(routes.getByRole('rowheader').first()).toContainText(first)
})

test('the search says why a package is there, by the chain from the entry', async ({ page: tab }) => {
  await tab.goto(page)
  await tab.getByLabel('Package or module').fill('react-dom')
  await tab.keyboard.press('Enter')
  const answer = tab.locator('#why-answer')
  await expect(answer.getByRole('heading')).toHaveText('react-dom')
  await expect(answer.locator('.chain li').first()).toHaveText(/^index\.html/)
  await expect(answer.locator('.chain li').last()).toContainText('react-dom')
  await expect(answer).toContainText('In the first load of every route.')
})

test('a chunk opens to its modules', async ({ page: tab }) => {
  await tab.goto(page)
  const chunk = tab.getByRole('table', { name: 'Chunks' }).getByRole('rowheader').first()
  await chunk.locator('summary').first().click()
  await expect(chunk.getByRole('table').getByRole('row').nth(1)).toBeVisible()
})

for (const scheme of ['light', 'dark'] as const) {
  test(`fits a phone in ${scheme} mode, nothing wider than the screen`, async ({ page: tab }) => {
    await tab.setViewportSize({ width: 390, height: 844 })
    await tab.emulateMedia({ colorScheme: scheme })
    await tab.goto(page)
    const opened = tab.locator('#verdicts details, #routes details').first()
    if ((await opened.count()) > 0) await opened.evaluate((details) => details.setAttribute('open', ''))
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    const paper = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = paper
      .match(/\d+/g)!
      .map(Number)
      .every((channel) => channel > 200)
    expect(light).toBe(scheme === 'light')
  })
}

test('the treemap is the visualizer, its areas the bytes of the files', async ({ page: tab }) => {
  await tab.goto(new URL('treemap.html', folder).href)
  const sizes = new Map(report.files.map(({ file, gzip }) => [file, gzip]))
  // A top-level `const` of a classic script: an expression sees it, though it is no property of the window.
  const { tree, nodeParts } = (await tab.evaluate('data')) as Treemap
  const weigh = ({ uid, children = [] }: TreemapNode): number =>
    children.reduce((sum, child) => sum + weigh(child), uid === undefined ? 0 : nodeParts[uid]!.gzipLength)
  const drawn = tree.children!.map((chunk) => [chunk.name, weigh(chunk)] as const)
  expect(drawn.length).toBe(report.chunks.length)
  for (const [file, size] of drawn) expect([file, size]).toEqual([file, sizes.get(file)])
  await expect(tab.locator('svg').first()).toBeVisible()
})
