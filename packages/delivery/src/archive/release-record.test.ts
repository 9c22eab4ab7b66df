import { describe, expect, it } from 'vitest'
import { archivedFile, releaseRecord } from '../testing/records.ts'
import { parseIndex, serializeIndex } from './release-index.ts'
import { parseRecord, serializeRecord } from './release-record.ts'

const modules = [{ id: 'src/secret-plan.ts', hash: '0123456789abcdef', bytes: 12 }]
const record = releaseRecord(7, [
  archivedFile('assets/a-[AAAAAAAA].js', 'a', { dictionary: true, modules }),
  archivedFile('index.html', 'html'),
])

describe('parseRecord', () => {
  it('reads what was written', () => {
    expect(parseRecord(serializeRecord(record))).toEqual(record)
  })

  it.each(['../outside.js', '/etc/passwd', 'a/../../b.js', 'C:/x.js', String.raw`a\b.js`, 'a\0.js', ''])(
    'refuses a release with the file %j',
    (file) => {
      const text = serializeRecord({ ...record, files: [{ ...record.files[0]!, file }] })
      expect(parseRecord(text)).toBeUndefined()
    },
  )

  it('refuses what is cut off at any place, or of another version', () => {
    const text = serializeRecord(record).trimEnd()
    for (let length = 0; length < text.length; length++) expect(parseRecord(text.slice(0, length))).toBeUndefined()
    expect(parseRecord(text.replace('"schemaVersion":1', '"schemaVersion":2'))).toBeUndefined()
  })
})

describe('serializeIndex', () => {
  it('tells hashed files and nothing that is private', () => {
    const text = serializeIndex([record], '/')
    expect(text).not.toContain('secret')
    expect(text).not.toContain('index.html')
    expect(parseIndex(text)?.releases[0]?.files.map(({ file }) => file)).toEqual(['assets/a-AAAAAAAA.js'])
  })
})
