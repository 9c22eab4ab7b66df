import { describe, expect, it } from 'vitest'
import { assetStem, chunkStem } from './name-stem.ts'

describe('chunkStem', () => {
  it('finds the hash where the bundler had its placeholder, dashes and underscores included', () => {
    const stem = chunkStem('assets/user-menu-B-_x9-aZ.js', 'assets/user-menu-!~{00a}~.js')
    expect(stem).toEqual({ prefix: 'assets/user-menu-', suffix: '.js' })
  })

  it('finds a hash that is a folder, and one at the end', () => {
    expect(chunkStem('a/Dk2f91ab/main.js', 'a/!~{001}~/main.js')).toEqual({ prefix: 'a/', suffix: '/main.js' })
    expect(chunkStem('main.Dk2f91ab', 'main.!~{001}~')).toEqual({ prefix: 'main.', suffix: '' })
  })

  it('takes a name for unhashed that was known before the contents', () => {
    expect(chunkStem('assets/index-AbCdEf12.js', 'assets/index-AbCdEf12.js')).toBeUndefined()
    expect(chunkStem('assets/index-AbCdEf12.js', undefined)).toBeUndefined()
  })
})

describe('assetStem', () => {
  const pattern = 'assets/[name]-[hash][extname]'

  it.each([
    ['assets/logo-DkX_91-b.svg', ['logo.svg'], { prefix: 'assets/logo-', suffix: '.svg' }],
    ['assets/my photo-DkX_91-b.jpg', ['img/my photo.jpg'], { prefix: 'assets/my photo-', suffix: '.jpg' }],
    ['assets/a_b-DkX_91-b.css', ['a:b.css'], { prefix: 'assets/a_b-', suffix: '.css' }],
    ['assets/second-DkX_91-b.png', ['first.png', 'second.png'], { prefix: 'assets/second-', suffix: '.png' }],
  ])('finds the stem of %s', (file, names, stem) => {
    expect(assetStem(file, pattern, names)).toEqual(stem)
  })

  it.each([
    ['assets/logo-DkX_91-b.svg', 'assets/[name][extname]', ['logo.svg']],
    ['index.html', pattern, []],
    ['assets/logo-DkX_91-b.svg', pattern, []],
    ['assets/logo-a.svg', pattern, ['logo.svg']],
    ['other/logo-DkX_91-b.svg', pattern, ['logo.svg']],
  ])('takes %s of %s for unhashed', (file, from, names) => {
    expect(assetStem(file, from, names)).toBeUndefined()
  })
})
