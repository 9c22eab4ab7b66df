import type { FixtureFiles } from '@paceline/testkit'
import { seeded } from '@paceline/testkit/seeded'
import type { InlineConfig } from 'vite'
import { mark, marked } from './marks.ts'

/** An app made by chance, always the same for the same seed. */
export interface RandomApp {
  readonly files: FixtureFiles
  readonly config: InlineConfig
  /** Module → length of its mark. */
  readonly marks: Readonly<Record<string, number>>
}

const KINDS = ['js', 'js', 'js', 'ts', 'json', 'css', 'module.css', 'txt'] as const

/**
 * Scripts that import each other statically and lazily, and JSON, text and CSS, all with a mark of their own, built with
 * options that change how modules end up in files.
 */
export function randomApp(seed: number): RandomApp {
  const random = seeded(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const pick = <Value>(...values: readonly Value[]): Value => values[below(values.length)]!
  const names = Array.from({ length: 4 + below(10) }, (_, index) => `m${index}.${pick(...KINDS)}`)
  const marks: Record<string, number> = {}
  const files: Record<string, string> = {
    'package.json': '{"name":"random-app","type":"module"}',
    'index.html': '<!doctype html><html><body><script type="module" src="/src/main.js"></script></body></html>',
  }
  // Everybody is imported by somebody before it, so that everything is reached, and perhaps by others.
  const scripts = ['main.js', ...names.filter((name) => /\.[jt]s$/.test(name))]
  const imports = new Map(scripts.map((script): [string, string[]] => [script, []]))
  for (const name of names) {
    const earlier = scripts.filter((script) => script === 'main.js' || names.indexOf(script) < names.indexOf(name))
    for (const importer of new Set([pick(...earlier), pick(...earlier)])) {
      imports.get(importer)!.push(importStatement(name, random() < 0.4))
    }
  }
  for (const name of [...scripts, ...names.filter((each) => !scripts.includes(each))]) {
    const id = `src/${name}${name.endsWith('.txt') ? '?raw' : ''}`
    marks[id] = 100 + below(pick(200, 2000))
    files[`src/${name}`] = content(name, id, marks[id], imports.get(name) ?? [])
  }
  const config = {
    build: {
      cssCodeSplit: pick(true, true, false),
      cssMinify: pick<'lightningcss' | 'esbuild' | false>('lightningcss', 'esbuild', false),
      minify: pick<'esbuild' | false>('esbuild', 'esbuild', false),
      modulePreload: pick(true, true, false) && { polyfill: pick(true, false) },
    },
  }
  return { files, config, marks }
}

function importStatement(name: string, lazily: boolean): string {
  const variable = `from_${name.replaceAll('.', '_')}`
  if (name.endsWith('.txt')) return `import ${variable} from './${name}?raw'\nconsole.log(${variable})`
  if (/module\.css$|\.json$/.test(name)) return `import ${variable} from './${name}'\nconsole.log(${variable})`
  return lazily && /\.[jt]s$/.test(name) ? `import('./${name}')` : `import './${name}'`
}

function content(name: string, id: string, length: number, imports: readonly string[]): string {
  const text = mark(id, length)
  if (name.endsWith('.json')) return JSON.stringify({ list: [1, { text }], more: 'ünïcödé 世界' })
  if (name.endsWith('.txt')) return `${text}\n"quoted" \`and\` ünïcödé`
  if (name.endsWith('.css')) return `.same{color:red}.own-${length}{--text-${length}:"${text}"}.same{top:0}`
  return marked(id, length, imports.join('\n'), name.endsWith('.ts') ? 'export type Unused = string' : '')
}
