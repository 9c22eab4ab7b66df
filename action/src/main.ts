import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { needed, pullOf, repositoryOf } from './environment.ts'
import { runAction } from './run-action.ts'
import type { Shell } from './run-action.ts'

const cwd = resolve(needed('PACELINE_ACTION_DIRECTORY'))
const folder = join(needed('RUNNER_TEMP'), 'paceline')

const shell: Shell = (command) =>
  new Promise((settle, reject) => {
    const child = spawn('bash', ['-eo', 'pipefail', '-c', command], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const [stream, shown] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        shown.write(text)
        output += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => settle({ code: code ?? 2, output }))
  })

const { verdict, comment, handsOn } = await runAction(
  {
    build: needed('PACELINE_ACTION_BUILD'),
    baseline: needed('PACELINE_ACTION_BASELINE'),
    measure: needed('PACELINE_ACTION_MEASURE'),
    comment: needed('PACELINE_ACTION_COMMENT') === 'true',
    name: needed('PACELINE_ACTION_DIRECTORY'),
    pull: pullOf(process.env['GITHUB_EVENT_PATH']),
    repository: repositoryOf(needed('PACELINE_ACTION_TOKEN')),
    folder,
    summary: process.env['GITHUB_STEP_SUMMARY'],
  },
  shell,
  (line) => process.stdout.write(`${line}\n`),
)
const outputs = { verdict, comment: comment ?? '', folder: handsOn ? folder : '' }
for (const [name, value] of Object.entries(outputs)) appendFileSync(needed('GITHUB_OUTPUT'), `${name}=${value}\n`)
process.exitCode = { holds: 0, broken: 1, unknown: 2 }[verdict]
