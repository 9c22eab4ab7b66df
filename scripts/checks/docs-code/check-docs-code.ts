import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { root } from '../../lib/root.mjs'
import { runTool } from '../../lib/run.ts'
import type { Verdict } from '../step.ts'
import { blocksOf, guides } from './code-blocks.ts'
import type { CodeBlock } from './code-blocks.ts'

const FOLDER = join(root, 'node_modules/.cache/docs-code')
const CODE = new Set(['ts', 'tsx'])
/** Languages whose blocks something else looks at, or nobody can: commands are read by a test of the command line. */
const ELSEWHERE = new Set(['', 'apache', 'diff', 'html', 'sh'])

const READERS: Readonly<Record<string, (code: string) => unknown>> = { json: JSON.parse, yaml: parseYaml }

/** The code of the guides: TypeScript is compiled against the packages as they were built, JSON and YAML are read. */
export async function checkDocsCode(): Promise<Verdict> {
  const blocks = guides().flatMap((file) => blocksOf(file))
  const typed = blocks.filter(({ language }) => CODE.has(language))
  const others = blocks.filter(({ language }) => !CODE.has(language)).flatMap(faultOf)
  if (typed.length === 0) return { passed: false, output: 'No guide has any code in it: the fences are not found.\n' }
  const { code, stdout } = await compile(typed)
  const output = `${others.map((fault) => `${fault}\n`).join('')}${stdout.replaceAll(/^.*docs-code[\\/](.*?)\.\d+\.tsx?\(/gm, (_, name: string) => `${name.replaceAll('__', '/')}(`)}`
  return { passed: code === 0 && others.length === 0, output }
}

/** Each block is a module of its own, whose lines have the numbers that they have in the guide. */
function compile(blocks: readonly CodeBlock[]): ReturnType<typeof runTool> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const { file, line, language, code } of blocks) {
    const name = `${file.replaceAll('/', '__')}.${line}.${language}`
    writeFileSync(join(FOLDER, name), `${'\n'.repeat(line - 1)}${code}\nexport {}\n`)
  }
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(config))
  return runTool('tsc', ['-p', FOLDER, '--pretty', 'false'], { quiet: true })
}

/** As an app has it. */
const config = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [
      'node',
      'vite/client',
      '@paceline/images/types',
      '@paceline/vitals/types',
      '@paceline/service-worker/types',
    ],
    jsx: 'react-jsx',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ['.', join(root, 'scripts/checks/docs-code/*.d.ts')],
}

function faultOf({ file, line, language, code }: CodeBlock): string[] {
  if (ELSEWHERE.has(language)) return []
  const read = Object.hasOwn(READERS, language) ? READERS[language] : undefined
  if (read === undefined) return [`${file}(${line}): nobody reads \`${language}\` here.`]
  try {
    read(code)
    return []
  } catch (error) {
    return [`${file}(${line}): is no ${language}: ${(error as Error).message}`]
  }
}
