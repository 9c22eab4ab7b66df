import { Session } from 'node:inspector/promises'
import { runInThisContext } from 'node:vm'
import { charTable } from '@paceline/build-graph'
import { describe, expect, test } from 'vitest'
import { addWork, countScript } from './block-coverage.ts'
import type { CoveredFunction } from './block-coverage.ts'

/** Runs a script and gives V8's own counts for it. */
async function covered(source: string): Promise<readonly CoveredFunction[]> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  runInThisContext(source, { filename: 'https://app.example/assets/index.js' })
  const { result } = await session.post('Profiler.takePreciseCoverage')
  session.disconnect()
  return result.find(({ url }) => url === 'https://app.example/assets/index.js')!.functions
}

async function workOf(
  source: string,
  modules: readonly (readonly [id: string, end: number])[],
): Promise<Map<string, number>> {
  const ranges = modules.map(([, end], owner) => ({ start: modules[owner - 1]?.[1] ?? 0, end, owner }))
  const table = charTable(
    { file: 'index.js', hash: '' },
    ranges,
    modules.map(([id]) => id),
    source,
  )
  const work = new Map<string, number>()
  addWork(work, countScript('index.js', source, table), await covered(source))
  return work
}

const loop = (times: number, name = 'n'): string =>
  `(function(){let ${name}=0;for(let i=0;i<${times};i++){${name}+=i%3}return ${name}})();\n`

describe('addWork', () => {
  test('counts the turns of a loop, in the module that has it', async () => {
    const [first, second] = [loop(1000), loop(40)]
    const work = await workOf(first + second, [
      ['src/first.js', first.length],
      ['src/second.js', first.length + second.length],
    ])
    const more = loop(1200)
    const longer = await workOf(more + second, [
      ['src/first.js', more.length],
      ['src/second.js', more.length + second.length],
    ])
    expect(longer.get('src/first.js')! / work.get('src/first.js')!).toBeCloseTo(1.2, 2)
    expect(longer.get('src/second.js')).toBe(work.get('src/second.js'))
  })

  test('is the same whatever names a minifier has chosen', async () => {
    const short = loop(500)
    const long = loop(500, 'aVeryLongNameForANumber')
    const work = await workOf(short, [['a.js', short.length]])
    expect(await workOf(long, [['a.js', long.length]])).toEqual(work)
  })

  test('counts nothing of what never ran', async () => {
    const idle = 'function idle(){for(;;){}}\n'
    const busy = loop(10)
    const work = await workOf(idle + busy, [
      ['idle.js', idle.length],
      ['busy.js', idle.length + busy.length],
    ])
    expect(work.has('idle.js')).toBe(false)
    expect(work.get('busy.js')).toBeGreaterThan(100)
  })

  test('gives all of a script without a table to its file', async () => {
    const source = loop(10)
    const work = new Map<string, number>()
    addWork(work, countScript('assets/index.js', source, undefined), await covered(source))
    expect([...work.keys()]).toEqual(['[assets/index.js]'])
  })
})
