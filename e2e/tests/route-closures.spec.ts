import { downloadedFiles } from '../support/downloaded-files.ts'
import { addressOf, chunksAtRest, paths, routesIn } from '../support/playground-routes.ts'
import { expect, test } from '../support/test.ts'

test('knows the paths of all pages of the playground', () => {
  expect(paths.length).toBeGreaterThan(30)
})

for (const path of paths) {
  test(`a cold visit of ${path} downloads what the report says`, async ({ page, request, baseURL, reports }) => {
    const address = await addressOf(path, async (list) => (await request.get(list)).json())
    const files = await downloadedFiles(page, new URL(address, baseURL).href)
    const atRest = chunksAtRest(reports)
    const downloaded = [...(files.script ?? []), ...(files.stylesheet ?? [])]
      .map(({ file }) => file)
      .filter((file) => !atRest.includes(file))
    const expected = routesIn(reports).find((route) => route.path === path)?.firstLoad.files ?? []
    expect(downloaded.sort()).toEqual(expected.filter((file) => /\.(?:js|css)$/.test(file)).sort())
  })
}
