import { renderJson } from '@paceline/budgets'
import type { Command } from '../command.ts'
import { appOf } from '../rebuild/app-of.ts'
import { askWhatIf } from '../what-if/ask-what-if.ts'
import { parseEdits } from '../what-if/parse-edits.ts'
import { renderWhatIf } from '../what-if/render-what-if.ts'

export const whatIf: Command = {
  name: 'what-if',
  summary: 'lazy FILE, drop PACKAGE, replace A=B, merge A B: what routes would download, by real rebuilds, ranked.',
  positionals: { usage: '<change>…', least: 2, most: Infinity },
  options: { together: { type: 'boolean', help: 'Make all changes in one build instead of ranking them' } },
  examples: [
    'paceline what-if lazy src/pages/editor.tsx',
    'paceline what-if drop moment replace lodash=lodash-es merge charts tables',
  ],
  async run(invocation, io) {
    const answer = await askWhatIf({
      app: appOf(invocation, io),
      edits: parseEdits(invocation.positionals),
      together: invocation.flag('together'),
      log: (line) => io.err(`paceline: ${line}\n`),
    })
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, ...answer })
      : renderWhatIf(answer, io.color)
    return { code: answer.failed.length > 0 ? 2 : 0, result }
  },
}
