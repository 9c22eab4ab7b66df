import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseArguments } from './parse-arguments.ts'
import { renderOverview } from './render-help.ts'
import { commands } from './run.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const guides = globSync(['README.md', 'docs/*.md', 'docs/delivery/*.md', 'packages/*/README.md'], { cwd: root })

/** Command lines that readers are told to run: after a prompt, in `sh`, in workflows. */
function commandLinesOf(text: string): string[] {
  const shell = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].flatMap(([, code = '']) => code.split('\n'))
  const prompted = [...text.matchAll(/^ *\$ (.*)$/gm)].map(([, line = '']) => line)
  const workflows = [...text.matchAll(/^ *-? *run: (.*)$/gm)].map(([, line = '']) => line)
  return [...shell, ...prompted, ...workflows]
    .flatMap((line) => line.replace(/(?:^|\s)#.*$/, '').split(/ (?:\|\||&&) /))
    .map((line) => line.trim())
    .filter((line) => /^(?:npx )?paceline [a-z]/.test(line))
}

/** Commands as the text names them, with or without what they need. */
function mentionsIn(text: string): string[] {
  return [...text.matchAll(/`((?:npx )?paceline [a-z][^`\n]*)`/g)].map(([, line = '']) => line)
}

/** As a shell would, for what guides write: quotes keep words together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => single ?? double ?? plain!)
}

function inGuides(find: (text: string) => string[]): { file: string; line: string }[] {
  return guides.flatMap((file) => find(readFileSync(`${root}/${file}`, 'utf8')).map((line) => ({ file, line })))
}

function parse(line: string): ReturnType<typeof parseArguments> {
  const words = wordsOf(line)
  return parseArguments(words.slice(words.indexOf('paceline') + 1), commands)
}

const told = inGuides(commandLinesOf)
const mentioned = inGuides(mentionsIn)

test('the guides tell readers to run something', () => {
  expect(told.length).toBeGreaterThan(25)
  expect(mentioned.length).toBeGreaterThan(25)
})

test.each(told)('$file: `$line` can be run', ({ line }) => {
  expect(parse(line).kind).toBe('run')
})

test.each(mentioned)('$file: `$line` has a name that exists', ({ line }) => {
  try {
    parse(line)
  } catch (error) {
    // A command can be spoken of without what it takes.
    expect((error as { code?: string }).code).toBe('PACELINE_CLI_ARGUMENTS')
  }
})

test('the guide of the command shows it as it is', () => {
  expect(readFileSync(`${root}/docs/cli.md`, 'utf8')).toContain(`$ npx paceline\n${renderOverview(commands).trim()}\n`)
})
