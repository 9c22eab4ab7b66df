import { readFileSync } from 'node:fs'
import { downloadedFiles } from '../support/downloaded-files.ts'
import { expect, test } from '../support/test.ts'

interface Report {
  readonly routes: readonly { readonly path?: string; readonly firstLoad: { readonly files: readonly string[] } }[]
}

const report = JSON.parse(
  readFileSync(new URL('../../playground/.paceline/report.json', import.meta.url), 'utf8'),
) as Report
const paths = report.routes.flatMap((route) => route.path ?? [])

/** Things that exist, for the parameters of a path: the list to ask the API for and the field of its first item. */
const parameters: Readonly<Record<string, string>> = {
  projectId: '/api/projects',
  photoId: '/api/photos',
  noteId: '/api/notes',
}

test('knows the paths of all pages of the playground', () => {
  expect(paths.length).toBeGreaterThan(30)
})

for (const path of paths) {
  test(`a cold visit of ${path} downloads what the report says`, async ({ page, request, baseURL }) => {
    let address = path.replace(/\*$/, 'no-such-page')
    for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
      const list = parameters[name]
      if (list === undefined)
        throw new Error(`No example is known for \`:${name}\` of ${path}. Add it to \`parameters\`.`)
      const answer = (await (await request.get(list)).json()) as
        | { items?: { id: string | number }[] }
        | { id: string }[]
      const first = Array.isArray(answer) ? answer[0] : answer.items?.[0]
      address = address.replace(`:${name}`, String(first?.id))
    }
    const files = await downloadedFiles(page, new URL(address, baseURL).href)
    const downloaded = [...(files.script ?? []), ...(files.stylesheet ?? [])].map(({ file }) => file)
    const expected = report.routes.find((route) => route.path === path)?.firstLoad.files ?? []
    expect(downloaded.sort()).toEqual(expected.filter((file) => /\.(?:js|css)$/.test(file)).sort())
  })
}
