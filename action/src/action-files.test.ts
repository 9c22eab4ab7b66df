import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const home = fileURLToPath(new URL('..', import.meta.url))

interface ActionFile {
  readonly name: string
  readonly description: string
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>
  readonly runs: {
    readonly using: string
    readonly steps: readonly { readonly shell?: string; readonly run?: string; readonly uses?: string }[]
  }
}

test.each(['action.yml', 'comment/action.yml'])(
  '%s is a composite action that uses all its inputs and no others',
  async (file) => {
    const text = await readFile(join(home, file), 'utf8')
    const action = parse(text) as ActionFile
    expect(action.runs.using).toBe('composite')
    for (const step of action.runs.steps) expect(step.uses !== undefined || step.shell === 'bash').toBe(true)
    const used = new Set([...text.matchAll(/\$\{\{ inputs\.([\w-]+)/g)].map(([, name]) => name!))
    expect([...used].toSorted()).toEqual(Object.keys(action.inputs).toSorted())
    // An input inside `run` would be pasted into the script.
    for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{')
  },
)

test('the script of the action runs as GitHub starts it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paceline-action-'))
  try {
    const npx = join(folder, 'npx')
    await writeFile(
      npx,
      '#!/usr/bin/env bash\necho "$@"\nfor last; do :; done\n[[ "$*" = *--output* ]] && echo "<!-- paceline -->" > "$last"\nexit 1\n',
    )
    await chmod(npx, 0o755)
    const output = join(folder, 'output')
    const run = promisify(execFile)(process.execPath, [join(home, 'src/main.ts')], {
      env: {
        ...process.env,
        PATH: `${folder}:${process.env['PATH']}`,
        RUNNER_TEMP: folder,
        GITHUB_OUTPUT: output,
        GITHUB_REPOSITORY: 'team/app',
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
        GITHUB_EVENT_PATH: '',
        PACELINE_ACTION_DIRECTORY: folder,
        PACELINE_ACTION_BUILD: 'echo built',
        PACELINE_ACTION_BASELINE: '',
        PACELINE_ACTION_MEASURE: '',
        PACELINE_ACTION_COMMENT: 'true',
        PACELINE_ACTION_TOKEN: 'secret',
      },
    })
    await expect(run).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining('built\npaceline check --github\n'),
    })
    expect(await readFile(output, 'utf8')).toBe('verdict=broken\ncomment=\nfolder=\n')
    expect(await readFile(join(folder, 'summary'), 'utf8')).toContain('<!-- paceline: ')
  } finally {
    await rm(folder, { recursive: true })
  }
})
