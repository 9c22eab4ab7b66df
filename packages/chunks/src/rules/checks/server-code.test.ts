import { viteVersions, type FixtureFiles } from '@paceline/testkit'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { installedPackage, judgeBuild } from '../testing/judge-build.ts'

const dead: FixtureFiles = {
  'src/unused.js': "import fs from 'fs'\nexport const unused = Math.random()\n",
  'src/in-unused-function.js':
    "import * as fs from 'node:fs'\nexport const live = Math.random()\nexport const dead = () => fs.readFileSync()\n",
}
const named = (name: string): string =>
  `import { ${name} } from './${name === 'live' ? 'in-unused-function' : name}.js'\n`

// In a build for development the empty modules have a name each, and a proxy that complains.
const cases = viteVersions.flatMap((vite) => ['production', 'development'].map((mode) => ({ vite, mode })))

describe.each(cases)('serverCode on Vite $vite in a $mode build', ({ vite, mode }) => {
  beforeEach(() => {
    vi.stubEnv('NODE_ENV', mode)
    return () => vi.unstubAllEnvs()
  })

  const told = async (files: FixtureFiles): Promise<string[]> => {
    const violations = await judgeBuild(vite, 'serverCode', files, {
      serverCode: { severity: 'warn', builtins: 'all' },
    })
    return violations.map(({ subject }) => subject!).sort()
  }

  it('holds when tree shaking has removed all that an import was for', async () => {
    const main = `${named('unused')}${named('live')}import 'node:os'\nconsole.log(unused, live)\n`
    expect(await told({ ...dead, 'src/main.js': main })).toEqual([])
  })

  it.each([
    ['a default import', "import fs from 'fs'\nexport const used = () => fs.readFileSync('x')\n"],
    ['a namespace', "import * as fs from 'fs'\nexport const used = () => fs.readFileSync('x')\n"],
    ['a whole namespace', "import * as fs from 'fs'\nexport const used = Object.freeze([fs, Math.random()])\n"],
    ['a require()', "export { used } from 'lib'\n"],
  ])('names the one module that uses %s, and not those that do not', async (_, used) => {
    const lib = { ...installedPackage('lib', "exports.used = () => require('fs').readFileSync('x')\n") }
    lib['node_modules/lib/package.json'] = '{"name":"lib","version":"1.0.0","main":"index.js"}'
    const main = `${named('used')}${named('unused')}${named('live')}console.log(used, unused, live)\n`
    const user = used.includes('lib') ? 'node_modules/lib/index.js' : 'src/used.js'
    expect(await told({ ...dead, ...lib, 'src/used.js': used, 'src/main.js': main })).toEqual([user])
  })

  it('tells the line of each of several', async () => {
    const main = [
      '/* node:path */',
      "import fs from 'node:fs'",
      'import {',
      '  default as path } from "node:path"',
      "import crypto from 'crypto'",
      "console.log(fs.a('crypto'), path.b(), crypto.c())",
    ]
    const violations = await judgeBuild(vite, 'serverCode', { 'src/main.js': main.join('\n') }, {})
    expect(violations.map(({ chain }) => `${chain.at(-1)!.importee} ${chain.at(-1)!.line}`).sort()).toEqual([
      'crypto 5',
      'node:fs 2',
      'node:path 3',
    ])
  })

  it('finds what lies in another chunk than the empty module', async () => {
    const page = "import fs from 'fs'\nexport default () => fs.readFileSync('page')\n"
    const main =
      "import fs from 'fs'\nconsole.log(fs.readFileSync('x'))\ndocument.onclick = () => import('./page.js')\n"
    expect(await told({ 'src/page.js': page, 'src/main.js': main })).toEqual(['src/main.js', 'src/page.js'])
  })
})
