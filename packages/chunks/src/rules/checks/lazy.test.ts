import { viteVersions } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { judgeBuild } from '../testing/judge-build.ts'

const files = {
  'src/editor/index.js': "export { code } from './code.js'\n",
  'src/editor/code.js': 'export const code = Math.random()\n',
  'src/editor/work.js': 'postMessage(Math.random())\n',
  'src/editor/icon.png': new Uint8Array(9000).fill(3),
  'src/editor/text.html': '<p>text</p>',
}

describe.each(viteVersions)('lazy on Vite %d', (vite) => {
  const eager = async (imports: string): Promise<(string | undefined)[]> => {
    const main = `${imports}console.log(it)\ndocument.onclick = () => import('./editor/index.js')\n`
    const options = { lazy: { severity: 'warn', modules: ['src/editor/**'] } } as const
    const violations = await judgeBuild(vite, 'lazy', { ...files, 'src/main.js': main }, options)
    return violations.map(({ subject }) => subject)
  }

  it.each(['code.js?url', 'work.js?worker', 'work.js?sharedworker', 'work.js?worker&url', 'icon.png', 'icon.png?url'])(
    'holds while only the URL of %s is there',
    async (file) => {
      expect(await eager(`import it from './editor/${file}'\n`)).toEqual([])
    },
  )

  it.each(['code.js?raw', 'work.js?worker&inline', 'text.html?raw'])('names %s, which is there', async (file) => {
    expect(await eager(`import it from './editor/${file}'\n`)).toEqual([`src/editor/${file}`])
  })
})
