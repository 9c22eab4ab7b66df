import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commentOfFork } from './comment-of-fork.ts'
import { runAction } from './run-action.ts'
import type { ActionInput, Shell } from './run-action.ts'
import { fakeGithub } from './testing/fake-github.ts'

const MARKER = '<!-- paceline: app -->'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'paceline-action-'))))
afterEach(() => rm(folder, { recursive: true }))

function input(over: Partial<ActionInput> = {}): ActionInput {
  const repository = { api: 'http://127.0.0.1:9', name: 'team/app', token: 'secret' }
  const none = { build: 'npm run build', baseline: '', measure: '', comment: true, pull: undefined, summary: undefined }
  return { ...none, name: 'app', repository, folder, ...over }
}

/** Ends as told by the first word of `npx paceline`, or `build`; writes what `--output` asks for. */
function shellOf(codes: Readonly<Record<string, number>>, output = ''): Shell & { readonly commands: string[] } {
  const commands: string[] = []
  const run = async (command: string): ReturnType<Shell> => {
    commands.push(command)
    const file = /--output '([^']+)'/.exec(command)?.[1]
    const name = /^npx paceline (\w+)/.exec(command)?.[1] ?? 'build'
    if (file !== undefined) await writeFile(file, `${MARKER}\n### ${name}\n`)
    return { code: codes[name] ?? 0, output }
  }
  return Object.assign(run, { commands })
}

test('builds, judges against the base, measures, and says all of it in one comment and the summary', async () => {
  await using github = await fakeGithub()
  const shell = shellOf({})
  const summary = join(folder, 'summary')
  const told = input({
    baseline: 'origin/main',
    measure: 'dist --counts',
    pull: 7,
    summary,
    repository: github.repository,
  })
  expect(await runAction(told, shell, () => {})).toEqual({
    verdict: 'holds',
    comment: 'https://comment/1',
    handsOn: false,
  })
  expect(shell.commands).toEqual([
    'npm run build',
    "npx paceline check --baseline 'origin/main' --github",
    `npx paceline check --baseline 'origin/main' --markdown --output '${join(folder, 'check.md')}'`,
    `npx paceline measure dist --counts --baseline 'origin/main' --markdown --output '${join(folder, 'measure.md')}'`,
  ])
  expect(github.comments).toEqual([`${MARKER}\n### check\n\n### measure\n`])
  expect(await readFile(summary, 'utf8')).toBe(`${MARKER}\n### check\n\n### measure\n\n`)
})

test.each([
  [{ check: 1 }, 'broken'],
  [{ check: 0, measure: 1 }, 'broken'],
  [{ check: 1, measure: 2 }, 'unknown'],
  [{ check: 2 }, 'unknown'],
  [{ build: 1 }, 'unknown'],
] as const)('%j is %s', async (codes, verdict) => {
  expect(await runAction(input({ measure: 'dist' }), shellOf(codes), () => {})).toMatchObject({ verdict })
})

test('a build that ended because of its budgets is judged, not called broken down', async () => {
  const shell = shellOf({ build: 1, check: 1 }, 'PacelineError [PACELINE_BUDGET_EXCEEDED]: …')
  expect(await runAction(input(), shell, () => {})).toMatchObject({ verdict: 'broken' })
})

test('a word of the input stays one word of the command', async () => {
  const shell = shellOf({})
  await runAction(input({ baseline: "main'; rm -rf ~ #" }), shell, () => {})
  expect(shell.commands[1]).toBe(`npx paceline check --baseline 'main'\\''; rm -rf ~ #' --github`)
})

test('a command that leaves no text still ends in a comment', async () => {
  await using github = await fakeGithub()
  const shell: Shell = async () => ({ code: 2, output: '' })
  await runAction(input({ pull: 7, repository: github.repository }), shell, () => {})
  expect(github.comments[0]).toMatch(/^<!-- paceline: app -->\n### Paceline: unknown/)
})

test('what a fork may not write is handed on, and written by the workflow that may', async () => {
  await using closed = await fakeGithub({ refuses: true })
  const said: string[] = []
  const result = await runAction(input({ pull: 7, repository: closed.repository }), shellOf({}), (line) =>
    said.push(line),
  )
  expect(result).toEqual({ verdict: 'holds', handsOn: true })
  expect(said).toEqual(['The token may not write to pull request 7 (403): the comment is handed on as an artifact.'])

  await using open = await fakeGithub()
  expect(await commentOfFork(folder, 'abc', open.repository)).toBe('https://comment/1')
  expect(open.comments).toEqual([`${MARKER}\n### check\n`])
})

test('a comment for another commit than the run was for is not written', async () => {
  await using github = await fakeGithub()
  await writeFile(join(folder, 'comment.json'), JSON.stringify({ pull: 7, body: `${MARKER}\nforged` }))
  expect(await commentOfFork(folder, 'def', github.repository)).toBeUndefined()
  expect(github.comments).toEqual([])
})

test.each([
  ['{"pull":0,"body":"<!-- paceline -->"}', 'names no pull request: 0'],
  ['{"pull":"7/../8","body":"<!-- paceline -->"}', 'names no pull request'],
  ['{"pull":7,"body":"Buy now"}', 'holds no comment of Paceline'],
  [JSON.stringify({ pull: 7, body: `<!-- paceline -->${'a'.repeat(70_000)}` }), 'holds no comment of Paceline'],
])('an artifact that our action did not write is refused: %.40s', async (text, message) => {
  await using github = await fakeGithub()
  await writeFile(join(folder, 'comment.json'), text)
  await expect(commentOfFork(folder, 'abc', github.repository)).rejects.toThrow(message)
})
