import { encode, type SourceMapMappings } from '@jridgewell/sourcemap-codec'
import { describe, expect, test } from 'vitest'
import { jsOwners, type ChunkModule } from './js-owners.ts'
import { BUNDLER } from './ranges.ts'

/** Writes a chunk from marked parts; mapped parts get a mapping at each of their tokens. */
function chunk(
  parts: readonly { text: string; module?: number; mapped?: boolean }[],
  modules: readonly ChunkModule[],
  finalCode?: string,
): { owners: Record<string, string>; covered: boolean } {
  const code = parts.map((part) => part.text).join('')
  const line: SourceMapMappings[number] = []
  let column = 0
  for (const { text, module, mapped = true } of parts) {
    if (module !== undefined && mapped) {
      for (const token of text.matchAll(/[\w$]+/g)) line.push([column + token.index, module, 0, token.index])
    }
    column += text.length
  }
  const final = finalCode ?? code
  const ranges = jsOwners({
    modules,
    code,
    finalCode: final,
    mappings: encode([line]),
    sourceModules: modules.map((_, index) => index),
  })
  const owners: Record<string, string> = {}
  let position = 0
  let covered = true
  for (const { start, end, owner } of ranges) {
    covered &&= start === position
    position = end
    const name = owner === BUNDLER ? 'bundler' : modules[owner]!.id
    owners[name] = (owners[name] ?? '') + final.slice(start, end)
  }
  return { owners, covered: covered && position === final.length }
}

const module = (id: string, renderedLength = 10): ChunkModule => ({ id, renderedLength })

describe('jsOwners', () => {
  test('gives import and export statements to the bundler and the rest to the modules', () => {
    const { owners, covered } = chunk(
      [
        { text: 'import{a as t}from"./x.js";' },
        { text: 'var n=40;', module: 0 },
        { text: 'console.log(n);', module: 1 },
        { text: 'export{n as t};' },
      ],
      [module('a'), module('b')],
    )
    expect(owners).toEqual({
      bundler: 'import{a as t}from"./x.js";export{n as t};',
      a: 'var n=40;',
      b: 'console.log(n);',
    })
    expect(covered).toBe(true)
  })

  test('gives the stretch between two mapped modules to the unmapped one that stands there', () => {
    const { owners } = chunk(
      [
        { text: 'var n=f(40);', module: 0 },
        { text: 'var e={list:["a,b;c",1]};', module: 1, mapped: false },
        { text: 'console.log(n);', module: 2 },
      ],
      [module('a'), module('data.json', 25), module('c')],
    )
    expect(owners).toEqual({ a: 'var n=f(40);', 'data.json': 'var e={list:["a,b;c",1]};', c: 'console.log(n);' })
  })

  test('divides a stretch of several unmapped modules at item boundaries, by their length', () => {
    const { owners } = chunk(
      [
        { text: '(function(){x()})();', module: 0, mapped: false },
        { text: 'var e={big:[1,2,3,4,5,6,7,8,9,10]},', module: 1, mapped: false },
        { text: 'n=40;', module: 2 },
      ],
      [module('polyfill', 22), module('data.json', 36), module('main')],
    )
    expect(owners['polyfill']).toBe('(function(){x()})();')
    expect(owners['data.json']).toBe('var e={big:[1,2,3,4,5,6,7,8,9,10]},')
  })

  test('gives a chunk without any mapping to its modules by their length, none forgotten', () => {
    const { owners, covered } = chunk(
      [{ text: 'var a=1;var b=2;var c=3;', module: 0, mapped: false }],
      [module('a'), module('shaken', 0), module('b'), module('c')],
    )
    expect(owners).toEqual({ a: 'var a=1;', b: 'var b=2;', c: 'var c=3;' })
    expect(covered).toBe(true)
  })

  test('follows the edits that Vite makes after the map', () => {
    const code = 'var l=c(()=>import(`./lazy.js`),__VITE_PRELOAD__);'
    const final = 'const __vite__mapDeps=(i)=>i;\nvar l=c(()=>import(`./lazy.js`),__vite__mapDeps([0,1]));done();'
    const { owners, covered } = chunk(
      [
        { text: code, module: 0 },
        { text: 'done();', module: 1 },
      ],
      [module('main'), module('end')],
      final,
    )
    expect(owners).toEqual({
      bundler: 'const __vite__mapDeps=(i)=>i;\n__vite__mapDeps([0,1])',
      main: 'var l=c(()=>import(`./lazy.js`),);',
      end: 'done();',
    })
    expect(covered).toBe(true)
  })

  test('covers the whole text when another plugin rewrote the chunk', () => {
    const { owners, covered } = chunk(
      [
        { text: 'var alpha=1;', module: 0 },
        { text: 'var beta=2;', module: 1 },
      ],
      [module('a'), module('b')],
      '/* banner */var alpha=1;var gamma=3;',
    )
    expect(owners['a']).toBe('var alpha=1;')
    expect(covered).toBe(true)
  })

  test('keeps what modules wrote when another plugin edited every statement', () => {
    const parts = ['alpha', 'beta', 'gamma'].map((name, module) => ({
      text: `console.log("the unmistakable text of ${name}");`,
      module,
    }))
    const code = parts.map((part) => part.text).join('')
    const final = `window.x=1;${code.replaceAll('console.log', 'window.console.info')}`
    const { owners, covered } = chunk(parts, [module('alpha'), module('beta'), module('gamma')], final)
    for (const name of ['alpha', 'beta', 'gamma']) expect(owners[name]).toContain(`the unmistakable text of ${name}`)
    expect(owners['bundler']?.length ?? 0).toBeLessThan(24)
    expect(covered).toBe(true)
  })

  test('leaves the wrapper of a format to the bundler', () => {
    const { owners } = chunk(
      [
        { text: '(function(e){Object.freeze(e),' },
        { text: 'console.log(1)', module: 0 },
        { text: '})({})', module: 0, mapped: false },
      ],
      [module('a')],
    )
    expect(owners['bundler']).toBe('(function(e){Object.freeze(e),')
  })

  test('tells unmapped modules that stand together by their words, whatever their lengths say', () => {
    const { owners } = chunk(
      [
        { text: 'var a={settings:["dark","light"]},', module: 0, mapped: false },
        { text: 'b={countries:["Austria","Belgium","Canada"]};', module: 1, mapped: false },
        { text: 'f(a,b);', module: 2 },
      ],
      [
        { ...module('settings.json', 9000), code: 'var settings = { settings: ["dark", "light"] }' },
        { ...module('countries.json', 60), code: 'var c = { countries: ["Austria", "Belgium", "Canada"] }' },
        module('main'),
      ],
    )
    expect(owners['settings.json']).toBe('var a={settings:["dark","light"]},')
    expect(owners['countries.json']).toBe('b={countries:["Austria","Belgium","Canada"]};')
  })

  test('does not take an export in a string for the end of the chunk', () => {
    const { owners } = chunk([{ text: 'var s="export{x}";f(s)', module: 0 }], [module('a')])
    expect(owners).toEqual({ a: 'var s="export{x}";f(s)' })
  })
})
