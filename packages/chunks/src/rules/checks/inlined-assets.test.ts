import { viteVersions } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { judgeBuild } from '../testing/judge-build.ts'

const drawing = (tag: string): string => {
  const paths = Array.from({ length: 200 }, (_, at) => `<path id="${tag}" d="M${at} ${at * 7} L${at * 13} 0"/>`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${paths.join('')}</svg>`
}

describe.each(viteVersions)('inlinedAssets on Vite %d', (vite) => {
  it.each(['', "<style>text{font-family:'A'}</style>"])('names SVGs inlined in code and in CSS', async (more) => {
    const files = {
      'src/main.js': "import './main.css'\nimport icon from './icon.svg'\nconsole.log(icon)\n",
      'src/main.css': 'body { background: url(./back.svg) }\n',
      'src/icon.svg': drawing('a').replace('</svg>', `${more}</svg>`),
      'src/back.svg': drawing('b').replace('</svg>', `${more}</svg>`),
    }
    const options = { inlinedAssets: { severity: 'warn', above: '4 kB' } } as const
    const config = { build: { assetsInlineLimit: 50_000 } }
    const violations = await judgeBuild(vite, 'inlinedAssets', files, options, config)
    expect(violations.map(({ message }) => message).sort()).toEqual([
      expect.stringMatching(/^`src\/icon\.svg` holds image\/svg\+xml of \d+\.\d+ kB inlined in `assets\/index-.*\.js`/),
      expect.stringMatching(
        /^`src\/main\.css` holds image\/svg\+xml of \d+\.\d+ kB inlined in `assets\/index-.*\.css`/,
      ),
    ])
  })
})
