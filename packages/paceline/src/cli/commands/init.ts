import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { renderJson } from '@paceline/budgets'
import type { Command, Outcome } from '../command.ts'
import { rootOf } from '../contract/load-config.ts'
import { applyChanges } from '../init/apply.ts'
import { readApp } from '../init/app/read-app.ts'
import { treeState } from '../init/git-state.ts'
import { propose, type Proposal } from '../init/propose.ts'
import { nextSteps } from '../init/next-steps.ts'
import { patchOf, renderProposal } from '../init/render-proposal.ts'
import type { Io } from '../io.ts'

export const init: Command = {
  name: 'init',
  summary: 'Move an app over: what other tools do in its Vite config and package.json becomes options of Paceline.',
  positionals: { usage: '', least: 0, most: 0 },
  options: {
    yes: { type: 'boolean', help: 'Write without asking' },
    'dry-run': { type: 'boolean', help: 'Only show what would be written' },
  },
  examples: ['paceline init --dry-run', 'paceline init', 'paceline init --yes --root apps/web'],
  async run(invocation, io) {
    const root = rootOf(invocation, io)
    const named = invocation.text('config')
    const siblings = await readdir(root).catch((): string[] => [])
    const app = await readApp(root, named === undefined ? undefined : resolve(io.cwd, named), siblings)
    const proposal = await propose(app)
    const isJson = invocation.flag('json')
    if (proposal.changes.length === 0) return finish(proposal, false, isJson, 0, nothingToDo(proposal, io))
    const text = renderProposal(proposal, io)
    if (invocation.flag('dry-run')) return finish(proposal, false, isJson, 0, `${text}\nNothing was written.\n`)
    const state = await treeState(app.directory)
    if (state !== undefined) io.err(`paceline: ${state}\n`)
    if (!invocation.flag('yes')) {
      // The question needs to be read after what it is about.
      if (!isJson && io.confirm) io.out(text)
      const answer = await io.confirm?.(`Write ${countFiles(proposal)}?`)
      if (answer !== true) return finish(proposal, false, isJson, answer === false ? 1 : 2, declined(answer, text))
      await applyChanges(app.directory, proposal.changes)
      return finish(proposal, true, isJson, 0, nextSteps(app, proposal))
    }
    await applyChanges(app.directory, proposal.changes)
    return finish(proposal, true, isJson, 0, `${text}\n${nextSteps(app, proposal)}`)
  },
}

function finish(proposal: Proposal, written: boolean, isJson: boolean, code: Outcome['code'], text: string): Outcome {
  if (!isJson) return { code, result: text }
  const { changes, ...notes } = proposal
  const files = changes.map(({ file, before, after }) => ({
    file,
    action: before === undefined ? 'create' : after === undefined ? 'delete' : 'change',
  }))
  return { code, result: renderJson({ schemaVersion: 1, written, files, ...notes, patch: patchOf(changes) }) }
}

function declined(answer: boolean | undefined, text: string): string {
  if (answer === false) return 'Nothing was written.\n'
  return `${text}\nNothing was written: there is no terminal to ask on. Write it with \`paceline init --yes\`.\n`
}

function nothingToDo(proposal: Proposal, io: Io): string {
  const said = 'There is nothing to do: `paceline()` is in the Vite config.\n'
  return proposal.left.length === 0 ? said : `${said}\n${renderProposal(proposal, io)}`
}

function countFiles({ changes }: Proposal): string {
  return changes.length === 1 ? changes[0]!.file : `these ${changes.length} files`
}
