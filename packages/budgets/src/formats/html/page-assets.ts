import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The page's modules, each after those it runs code of while it loads. */
const MODULES = [
  'dom',
  'figures',
  'table',
  'graph',
  'routes',
  'rule-changes',
  'changes',
  'contents',
  'images',
  'delivery',
  'precache',
  'why',
  'main',
]

let assets: { readonly style: string; readonly script: string } | undefined

/**
 * The style and the script of the report's page. They are plain files of this package, so that the page works without
 * a build step of its own and reads in a browser's tools as it was written.
 */
export function pageAssets(): { readonly style: string; readonly script: string } {
  return (assets ??= readAssets())
}

function readAssets(): { readonly style: string; readonly script: string } {
  // By the package's own name: the way from here differs between the sources and the bundle.
  const root = dirname(createRequire(import.meta.url).resolve('@paceline/budgets/package.json'))
  const read = (file: string): string => readFileSync(join(root, 'client/report', file), 'utf8')
  const script = MODULES.map((name) => unwrapModule(read(`${name}.js`))).join('\n')
  return { style: read('page.css'), script: `(() => {\n'use strict'\n${script}\n})()\n` }
}

/**
 * A module's text for one scope shared by all. The modules import from each other by name only and no two define the
 * same name (a test sees to both), so the imports can go and the exports be plain declarations.
 */
function unwrapModule(text: string): string {
  return text.replaceAll(/^import \{[^}]*\} from '\.\/[\w-]+\.js'\n/gm, '').replaceAll(/^export /gm, '')
}
