import { describe, expect, it } from 'vitest'
import { archivedFile, releaseRecord } from '../testing/records.ts'
import { causeOf, findSuccessions, type Cause } from './change-causes.ts'

const own = (id: string, hash: string) => ({ id, hash, bytes: 100 })
const packaged = (id: string, hash: string, version: string) => ({ id, hash, bytes: 100, package: `react@${version}` })

/** The causes of what changed between two releases, by contents under their names. */
async function causes(before: readonly Entry[], now: readonly Entry[]): Promise<Record<string, Cause>> {
  const contents = new Map<string, Buffer>()
  const record = (number: number, entries: readonly Entry[]) =>
    releaseRecord(
      number,
      entries.map(([name, content, modules]) => {
        const file = archivedFile(name, content, modules ? { modules } : {})
        contents.set(file.sha256, Buffer.from(content))
        return file
      }),
    )
  const [old, current] = [record(1, before), record(2, now)]
  const context = { current, before: old, read: async (sha256: string) => contents.get(sha256) }
  const found = findSuccessions(current, old).map(
    async (one) => [`${one.was.file} > ${one.file.file}`, await causeOf(one, context)] as const,
  )
  return Object.fromEntries(await Promise.all(found))
}

type Entry = readonly [name: string, content: string, modules?: readonly ReturnType<typeof own>[]]

describe('causeOf', () => {
  it('names the modules of the app, before packages that changed with them', async () => {
    const found = await causes(
      [['a-[11111111].js', 'old', [own('src/a.ts', '1'), own('src/b.ts', '1'), packaged('r', '1', '19.1.0')]]],
      [['a-[22222222].js', 'new', [own('src/a.ts', '2'), own('src/c.ts', '1'), packaged('r', '2', '19.2.0')]]],
    )
    expect(found).toEqual({
      'a-11111111.js > a-22222222.js': { cause: 'own code', by: ['src/a.ts', 'src/c.ts', 'src/b.ts'] },
    })
  })

  it('names the package with its new version when nothing else changed', async () => {
    const found = await causes(
      [['a-[11111111].js', 'old', [own('src/a.ts', '1'), packaged('r', '1', '19.1.0')]]],
      [['a-[22222222].js', 'new', [own('src/a.ts', '1'), packaged('r', '2', '19.2.0')]]],
    )
    expect(Object.values(found)).toEqual([{ cause: 'dependency', by: ['react@19.2.0'] }])
  })

  it('calls it a cascade when only names of other files changed, and says whose', async () => {
    const found = await causes(
      [
        ['assets/entry-[11111111].js', 'import("./page-33333333.js")', [own('src/main.ts', '1')]],
        ['assets/page-[33333333].js', 'page', [own('src/page.ts', '1')]],
      ],
      [
        ['assets/entry-[22222222].js', 'import("./page-44444444.js")', [own('src/main.ts', '1')]],
        ['assets/page-[44444444].js', 'changed', [own('src/page.ts', '2')]],
      ],
    )
    expect(found['assets/entry-11111111.js > assets/entry-22222222.js']).toEqual({
      cause: 'cascade',
      by: ['assets/page-44444444.js'],
    })
  })

  it('does not know when the same modules came out differently', async () => {
    const found = await causes(
      [['a-[11111111].js', 'a();b()', [own('src/a.ts', '1')]]],
      [['a-[22222222].js', 'a();c()', [own('src/a.ts', '1')]]],
    )
    expect(Object.values(found)).toEqual([{ cause: 'unknown', by: [] }])
  })
})

describe('findSuccessions', () => {
  it('pairs files of one stem by what they share, not by their order', async () => {
    const before: Entry[] = [
      ['index-[11111111].js', 'one', [own('src/one.ts', '1'), own('src/both.ts', '1')]],
      ['index-[22222222].js', 'two', [own('src/two.ts', '1')]],
    ]
    const now: Entry[] = [
      ['index-[33333333].js', 'two, new', [own('src/two.ts', '2')]],
      ['index-[44444444].js', 'one, new', [own('src/one.ts', '2'), own('src/both.ts', '1')]],
      ['fresh-[55555555].js', 'fresh', [own('src/fresh.ts', '1')]],
    ]
    expect(Object.keys(await causes(before, now))).toEqual([
      'index-22222222.js > index-33333333.js',
      'index-11111111.js > index-44444444.js',
    ])
  })
})
