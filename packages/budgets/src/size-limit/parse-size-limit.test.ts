import { errorCodes } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { parseSizeLimit } from './parse-size-limit.ts'

const parse = (entries: unknown): ReturnType<typeof parseSizeLimit> =>
  parseSizeLimit(JSON.stringify(entries), '.size-limit.json')
const failure = (text: string): Error => {
  try {
    parseSizeLimit(text, '.size-limit.json')
  } catch (error) {
    expect(errorCodes(error)).toEqual(['PACELINE_SIZE_LIMIT_UNREADABLE'])
    return error as Error
  }
  throw new Error('the file was accepted')
}

describe('parseSizeLimit', () => {
  it('reads paths, limits and encodings as size-limit does', () => {
    expect(
      parse([
        { name: 'vendor', path: 'dist/*.js', limit: '200 kB' },
        { path: ['dist/*.js', '!dist/sw.js'], limit: '1.5 MiB', gzip: true, brotli: false },
        { path: 'dist', limit: 512, brotli: false },
        { path: 'dist/a.js' },
      ]),
    ).toEqual([
      { name: 'vendor', path: ['dist/*.js'], limit: 200_000, encoding: 'brotli' },
      { name: undefined, path: ['dist/*.js', '!dist/sw.js'], limit: 1_572_864, encoding: 'gzip' },
      { name: undefined, path: ['dist'], limit: 512, encoding: 'raw' },
      { name: undefined, path: ['dist/a.js'], limit: undefined, encoding: 'brotli' },
    ])
  })

  it('reads the field of a package.json', () => {
    const text = JSON.stringify({ name: 'app', 'size-limit': [{ path: 'a.js', limit: '1 kB' }] })
    expect(parseSizeLimit(text, 'package.json')).toHaveLength(1)
  })

  it('takes steps that are turned off as they are meant', () => {
    const off = {
      path: 'a.js',
      limit: '1 kB',
      running: false,
      webpack: false,
      ignore: [],
      message: 'x',
      highlightLess: true,
    }
    expect(parse([off])).toHaveLength(1)
  })

  it('lists every entry that would make size-limit bundle, run or time the code', () => {
    const { message } = failure(
      JSON.stringify([
        { path: 'a.js', import: '{ a }' },
        { path: 'b.js', limit: '2 s' },
        { path: 'c.js', limit: '1 kB', running: true },
        { path: 'd.js', limit: '1 kB', ignore: ['react'] },
      ]),
    )
    expect(message.match(/\[\d\] `\w+`/g)).toEqual(['[0] `import`', '[1] `limit`', '[2] `running`', '[3] `ignore`'])
    expect(message).toContain('Paceline checks the emitted files only')
    expect(message).toContain('is a time; received "2 s"')
  })

  it.each([
    ['no JSON', 'dist/*.js 200 kB', 'is not JSON'],
    ['an object', '{}', 'holds no array'],
    ['an empty array', '[]', 'array is empty'],
    ['an entry that is no object', '["dist/*.js"]', '[0] is not an object; received "dist/*.js"'],
    ['an entry without a path', '[{ "limit": "1 kB" }]', '[0] `path` must be a glob'],
    ['a path that is no text', '[{ "path": [1] }]', '[0] `path` must be a glob or a list of globs; received [1]'],
    ['a limit that is no size', '[{ "path": "a", "limit": "big" }]', '[0] `limit` is not a size; received "big"'],
    ['a limit with a unit size-limit does not know', '[{ "path": "a", "limit": "1 k" }]', 'is not a size'],
    [
      'a misspelt option',
      '[{ "path": "a", "gzp": true }]',
      '`gzp` is not an option of size-limit. Did you mean `gzip`?',
    ],
    ['its file plugin turned off', '[{ "path": "a", "disablePlugins": ["@size-limit/file"] }]', 'has no size'],
  ])('refuses %s', (_what, text, message) => {
    expect(failure(text).message).toContain(message)
  })
})
