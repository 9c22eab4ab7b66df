import { MagicString } from 'magic-string'
import { parseSync, type Plugin, Visitor } from 'vite'

/**
 * Turns every `import('./page.tsx')` of the app's own source into a static import: what an app without code splitting
 * looks like, from the very same files. `lazy` routes and `React.lazy` get a promise that is already there.
 */
export function eagerImports(): Plugin {
  return {
    name: 'lumen:eager-imports',
    enforce: 'pre',
    transform: {
      filter: { id: { include: /[\\/]playground[\\/]src[\\/].+\.tsx?$/ }, code: /\bimport\s*\(/ },
      handler(code, id) {
        const found: { start: number; end: number; source: string }[] = []
        new Visitor({
          ImportExpression({ start, end, source }) {
            if (source.type === 'Literal' && typeof source.value === 'string' && source.value.startsWith('.')) {
              found.push({ start, end, source: source.value })
            }
          },
        }).visit(parseSync(id, code).program)
        const text = new MagicString(code)
        for (const [index, { start, end, source }] of found.entries()) {
          text.prepend(`import * as eager${index} from ${JSON.stringify(source)}\n`)
          text.update(start, end, `Promise.resolve(eager${index})`)
        }
        return { code: text.toString(), map: text.generateMap({ hires: true }) }
      },
    },
  }
}
