import { describe, expect, it } from 'vitest'
import { archivedFile, releaseRecord } from '../testing/records.ts'
import { planDeltas } from './plan-deltas.ts'

const modules = (...ids: readonly string[]) => ids.map((id) => ({ id, hash: id, bytes: 1000 }))
const dictionary = true as const

function plans(...planned: ReturnType<typeof planDeltas>): string[] {
  return planned.map(
    ({ file, dictionary: old, release }) => `${file.file} from ${old.file} of ${Number.parseInt(release, 16)}`,
  )
}

describe('planDeltas', () => {
  it('takes dictionaries that a browser may offer, and no file whose pattern does not fit', () => {
    const old = releaseRecord(1, [
      archivedFile('assets/main-[AAAAAAAA].js', 'main', { dictionary, modules: modules('a', 'b') }),
      archivedFile('assets/other-[BBBBBBBB].js', 'other', { dictionary, modules: modules('a', 'b', 'c') }),
      archivedFile('assets/main-[CCCCCCCC].css', 'css', { dictionary }),
    ])
    const now = releaseRecord(2, [
      archivedFile('assets/main-[DDDDDDDD].js', 'new', { modules: modules('a', 'b', 'c') }),
    ])
    expect(plans(...planDeltas(now, [old]))).toEqual(['assets/main-DDDDDDDD.js from assets/main-AAAAAAAA.js of 1'])
  })

  it('takes the longest pattern, as browsers do, and beside it the file that shares more modules', () => {
    const old = releaseRecord(1, [
      archivedFile('assets/index-[AAAAAAAA].js', 'entry', { dictionary, modules: modules('page', 'a') }),
      archivedFile('assets/index-page-[BBBBBBBB].js', 'page', { dictionary, modules: modules('z') }),
      archivedFile('assets/index-[EEEEEEEE].js', 'never offered', { modules: modules('page', 'a', 'b') }),
    ])
    const page = archivedFile('assets/index-page-[CCCCCCCC].js', 'new page', { modules: modules('page', 'a') })
    expect(plans(...planDeltas(releaseRecord(2, [page]), [old]))).toEqual([
      'assets/index-page-CCCCCCCC.js from assets/index-page-BBBBBBBB.js of 1',
      'assets/index-page-CCCCCCCC.js from assets/index-AAAAAAAA.js of 1',
    ])
  })

  it('makes each delta once, and none for who has the file already', () => {
    const entry = archivedFile('assets/index-[AAAAAAAA].js', 'entry', { dictionary })
    const same = archivedFile('assets/same-[SSSSSSSS].js', 'same', { dictionary })
    const now = releaseRecord(3, [archivedFile('assets/index-[NNNNNNNN].js', 'now'), same])
    const planned = planDeltas(now, [releaseRecord(2, [entry, same]), releaseRecord(1, [entry, same])])
    expect(plans(...planned)).toEqual(['assets/index-NNNNNNNN.js from assets/index-AAAAAAAA.js of 2'])
  })

  it('makes none for pictures, unhashed files and releases of another base', () => {
    const names = ['assets/a-[AAAAAAAA].png', 'assets/plain.js'] as const
    const old = releaseRecord(
      1,
      names.map((name) => archivedFile(name, `old ${name}`, { dictionary })),
    )
    const now = releaseRecord(
      2,
      names.map((name) => archivedFile(name, `new ${name}`)),
    )
    expect(planDeltas(now, [old])).toEqual([])
    const script = (text: string) => [archivedFile(`assets/a-[${text}].js`, text, { dictionary })]
    expect(
      planDeltas(releaseRecord(2, script('BBBBBBBB'), '/b/'), [releaseRecord(1, script('AAAAAAAA'), '/a/')]),
    ).toEqual([])
  })
})
