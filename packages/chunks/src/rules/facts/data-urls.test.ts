import { expect, test } from 'vitest'
import { findDataUrls } from './data-urls.ts'

const svg = "data:image/svg+xml,%3csvg%20xmlns='http://www.w3.org/2000/svg'%20d='(1)'/%3e"

test.each([
  ['a string of code', `x="data:image/png;base64,iVBORw0=";y="z"`, 'data:image/png;base64,iVBORw0='],
  ['quotes of the other kind', `x="${svg}",y='z'`, svg],
  ['a template', `x=\`${svg}\`;y='z'`, svg],
  ['a string inside a string', String.raw`x="a{b:url(\"${svg}\")}"`, svg],
  [
    'escaped quotes of the same kind',
    String.raw`x='data:image/svg+xml,a=\'b\' c';y`,
    String.raw`data:image/svg+xml,a=\'b\' c`,
  ],
  ['CSS without quotes', 'a{b:url(data:font/woff2;base64,d09G+/=)}', 'data:font/woff2;base64,d09G+/='],
  [
    'CSS without quotes, escaped',
    String.raw`a{b:url(data:image/svg+xml,\(a\ b\));c:d}`,
    String.raw`data:image/svg+xml,\(a\ b\)`,
  ],
  ['CSS with blanks', `a{b:url("data:image/svg+xml;utf8,<svg d='0 0'/>")}`, "data:image/svg+xml;utf8,<svg d='0 0'/>"],
])('a data: URL ends where it does in %s', (_, code, url) => {
  expect(findDataUrls(code).map(({ text }) => text)).toEqual([url])
})

test('a data: URL without a type is text', () => {
  expect(findDataUrls('"data:,hi"')).toEqual([{ type: 'text/plain', text: 'data:,hi' }])
})
