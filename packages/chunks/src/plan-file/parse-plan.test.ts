import { errorCodes } from '@paceline/kit'
import { expect, test } from 'vitest'
import { formatPlan } from './format-plan.ts'
import { parsePlan } from './parse-plan.ts'
import type { StoredChunk } from './stored-plan.ts'
import { aPlan } from './testing/a-plan.ts'

const plan = aPlan(
  {
    react: { kind: 'group', modules: ['react', 'scheduler'] },
    studio: { imports: ['react'], mentions: { 'src/ui/index.ts': ['index', 'react'] }, modules: ['src/ui/'] },
    index: { kind: 'entry', shared: 'pages', imports: ['react', 'studio'], modules: ['src/main.tsx'] },
  },
  {
    settings: { returning: 0.5, groups: { zoo: ['react'], app: 'src/**' }, stable: true },
    routes: { '/b': { bytes: 2, requests: 1 }, '/a': { bytes: 1000, requests: 3 } },
  },
)

function problem(text: string, file = 'paceline.chunks.json'): { codes: string[]; message: string } {
  try {
    parsePlan(text, file)
  } catch (error) {
    return { codes: errorCodes(error), message: (error as Error).message }
  }
  throw new Error('It was taken for a plan.')
}

const withChunks = (chunks: Record<string, Partial<StoredChunk>>): string => formatPlan(aPlan(chunks))

test('a plan is written with a line for all that changes on its own, sorted', () => {
  expect(formatPlan(plan)).toMatchInlineSnapshot(`
    "{
      "version": 1,
      "app": "app",
      "settings": {
        "groups": { "zoo": ["react"], "app": "src/**" },
        "returning": 0.5,
        "stable": true
      },
      "routes": {
        "/a": { "bytes": 1000, "requests": 3 },
        "/b": { "bytes": 2, "requests": 1 }
      },
      "chunks": {
        "index": {
          "kind": "entry",
          "shared": "pages",
          "imports": ["react", "studio"],
          "modules": [
            "src/main.tsx"
          ]
        },
        "react": {
          "kind": "group",
          "imports": [],
          "modules": [
            "react",
            "scheduler"
          ]
        },
        "studio": {
          "kind": "planned",
          "imports": ["react"],
          "mentions": {
            "src/ui/index.ts": ["index", "react"]
          },
          "modules": [
            "src/ui/"
          ]
        }
      }
    }
    "
  `)
  expect(formatPlan({ ...plan, chunks: plan.chunks.toReversed() })).toBe(formatPlan(plan))
})

test('reads what was written, in an order in which chunks come after their imports', () => {
  expect(parsePlan(formatPlan(plan), 'x')).toEqual(plan)
  expect(parsePlan(`\uFEFF${formatPlan(plan).replaceAll('\n', '\r\n')}`, 'x')).toEqual(plan)
  expect(formatPlan(parsePlan(formatPlan(plan), 'x'))).toBe(formatPlan(plan))
})

test('reads that an app is left to the bundler', () => {
  const none = aPlan({}, { bundler: true, routes: plan.routes })
  expect(formatPlan(none)).toContain('"bundler": true,\n')
  expect(parsePlan(formatPlan(none), 'x')).toEqual(none)
})

test('reads that later builds leave the order of modules as it is', () => {
  expect(parsePlan(formatPlan({ ...plan, unordered: true }), 'x')).toEqual({ ...plan, unordered: true })
})

test.each([
  ['an empty file', '\n', 'it is empty'],
  ['half a file', formatPlan(plan).slice(0, 200), 'JSON cannot be read'],
  ['a plan without chunks', withChunks({}), '`chunks`: there are none'],
  ['a plan that leaves its chunks to the bundler', formatPlan({ ...plan, bundler: true }), 'beside `bundler`'],
  ['an unknown kind', formatPlan(plan).replace('"group"', '"vendor"'), '`chunks.react.kind`'],
  ['a key that is none', formatPlan(plan).replace('"imports"', '"import"'), '`chunks.index.'],
])('%s is no chunk plan', (_name, text, received) => {
  const { codes, message } = problem(text)
  expect(codes).toEqual(['PACELINE_PLAN_UNREADABLE'])
  expect(message).toContain(received)
  expect(message).toContain('paceline chunks plan')
})

test.each([
  ['a list', '[]', 'paceline.chunks.json'],
  ['another JSON of the usual name', '{"name":"app"}', 'paceline.chunks.json'],
  ['a manifest', '{"name":"app","version":"1.0.0","chunks":{}}', 'package.json'],
  ['the settings of a tool', '{"version":2}', 'vercel.json'],
  ['a conflict in another file', '{\n<<<<<<< HEAD\n}', 'package.json'],
  ['a text', '# Notes', 'notes.md'],
])('%s is something else, and nobody is told to make it anew', (_name, text, file) => {
  const { codes, message } = problem(text, file)
  expect(codes).toEqual(['PACELINE_PLAN_FOREIGN'])
  expect(message).toContain('Remove or rename it')
})

test('a plan of another name is one by how it begins', () => {
  expect(problem(formatPlan(plan).slice(0, 200), 'web.json').codes).toEqual(['PACELINE_PLAN_UNREADABLE'])
  expect(problem('', 'web.json').codes).toEqual(['PACELINE_PLAN_UNREADABLE'])
})

test('names the line where Git left a conflict', () => {
  const text = formatPlan(plan).replace('      "kind": "entry"', '<<<<<<< HEAD\n      "kind": "entry"')
  expect(problem(text)).toMatchObject({ codes: ['PACELINE_PLAN_CONFLICT'] })
  expect(problem(text).message).toMatch(/received '<<<<<<< HEAD' on line \d+\. Take either side/)
})

test('refuses the file of another version, saying both', () => {
  const text = formatPlan(plan).replace('"version": 1', '"version": 2')
  expect(problem(text)).toMatchObject({ codes: ['PACELINE_PLAN_VERSION'] })
  expect(problem(text).message).toContain('received `version` 2, this one reads 1')
})

test('says everything that no build could follow at once', () => {
  const { codes, message } = problem(
    withChunks({
      a: { modules: ['react'], imports: ['gone'] },
      b: { modules: ['react', 'zod', 'zod'], mentions: { 'src/x.ts': ['lost'] } },
    }),
  )
  expect(codes).toEqual(['PACELINE_PLAN_CONTRADICTORY'])
  expect(message).toContain("'react' lies in 'a' and in 'b'")
  expect(message).toContain("'zod' stands in 'b' twice")
  expect(message).toContain("'a' imports 'gone', which is no chunk")
  expect(message).toContain("'src/x.ts' mentions 'lost', which is no chunk")
})

test.each(['../../x', '', 'a b?c', '[name]', '/etc', 'a//b', '..', 'a/../b', 'a\\b'])(
  'refuses %j as the name of a chunk',
  (name) => {
    const { codes, message } = problem(withChunks({ [name]: {} }))
    expect(codes).toEqual(['PACELINE_PLAN_UNREADABLE'])
    expect(message).toContain('is no name for a chunk')
  },
)

test.each(['404', 'ä', '@scope/kit', 'react-dom', '_layout', '-slug', 'v1.2'])('takes %j for one', (name) => {
  expect(parsePlan(withChunks({ [name]: {} }), 'x').chunks[0]!.name).toBe(name)
})

test('names chunks that stand in the file twice, which JSON takes the last of', () => {
  const twice = withChunks({ a: { modules: ['src/a.ts'] }, b: {} }).replace('"b": {', '"a": {')
  const { codes, message } = problem(twice)
  expect(codes).toEqual(['PACELINE_PLAN_CONTRADICTORY'])
  expect(message).toContain("'a' stands in `chunks` twice")
})

test('names the chunks of a circle', () => {
  const { message } = problem(withChunks({ a: { imports: ['b'] }, b: { imports: ['c'] }, c: { imports: ['b'] } }))
  expect(message).toContain('chunks in a circle: b → c → b')
})
