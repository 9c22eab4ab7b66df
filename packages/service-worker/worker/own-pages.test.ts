import { expect, test } from 'vitest'
import { ownPages } from './own-pages.ts'

const SCOPE = 'https://app.example/shop/'
const HREF = `${SCOPE}deep/page`
const URLS = ['assets/index-DkX9a1b2.js', 'assets/index-Q1w2E3r4.css', 'main.js', 'assets/photo-AAAABBBB.avif']

const check = ownPages(SCOPE, URLS, undefined, async () => ['assets/index-NEWNEW12.js'])

test.each([
  ['an absolute path', '<script type="module" src="/shop/assets/index-DkX9a1b2.js"></script>'],
  ['a relative one', "<link rel=stylesheet href='../assets/index-Q1w2E3r4.css'>"],
  ['one without quotes', '<link rel=stylesheet href=/shop/assets/index-Q1w2E3r4.css>'],
  ['one relative to its base', '<base href="/shop/"><script src="./assets/index-DkX9a1b2.js"></script>'],
  ['an import', '<script type="module">import "/shop/assets/index-DkX9a1b2.js"</script>'],
  ['one with a query', '<script src="/shop/assets/index-DkX9a1b2.js?v=2"></script>'],
  ['a file of the next release', '<script src="/shop/assets/index-NEWNEW12.js"></script>'],
])('a page is ours by %s', async (_, html) => {
  expect(await check(html, HREF)).toBe(true)
})

test.each([
  ['nothing', '<h1>Log in to the Wi-Fi</h1>'],
  ['a script that Vite has called the same', '<script src="/assets/index-DkX9a1b2.js"></script>'],
  ['a script of another build', '<script src="/shop/assets/index-ZZZZZZZZ.js"></script>'],
  ['a name that anybody may give', '<script src="/shop/main.js"></script>'],
  ['a picture of ours', '<img src="/shop/assets/photo-AAAABBBB.avif">'],
  ['no address at all', '<script src="http://[.js"></script>'],
])('a page that names %s is not', async (_, html) => {
  expect(await check(html, HREF)).toBe(false)
})

test('plain names count where the build gives no others, and a marker instead of all', async () => {
  const plain = ownPages(SCOPE, ['main.js'], undefined, () => Promise.reject(new Error('no storage')))
  expect(await plain('<script src="/shop/main.js"></script>', HREF)).toBe(true)
  expect(await plain('<script src="/shop/other.js"></script>', HREF)).toBe(false)
  const marked = ownPages(SCOPE, URLS, /name="shop"/g, async () => [])
  for (const _ of [1, 2]) expect(await marked('<meta name="shop">', HREF)).toBe(true)
  expect(await marked('<script src="/shop/assets/index-DkX9a1b2.js"></script>', HREF)).toBe(false)
})
