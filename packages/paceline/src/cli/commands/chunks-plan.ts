import { renderJson } from '@paceline/budgets'
import type { Command } from '../command.ts'
import { makePlan } from '../plan/make-plan.ts'
import { renderPlan } from '../plan/render-plan.ts'
import { appOf } from '../rebuild/app-of.ts'

export const chunksPlan: Command = {
  name: 'chunks plan',
  summary: 'Make the chunk plan anew and say what it gains.',
  positionals: { usage: '', least: 0, most: 0 },
  options: { check: { type: 'boolean', help: 'Only say whether the stored plan is out of date; write nothing' } },
  examples: ['paceline chunks plan', 'paceline chunks plan --check'],
  async run(invocation, io) {
    const check = invocation.flag('check')
    const answer = await makePlan(appOf(invocation, io), check)
    const isBroken = check && (answer.state === 'new' || answer.state === 'stale')
    const verdict = isBroken ? 'broken' : 'holds'
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, verdict, ...answer })
      : renderPlan(answer, check, io)
    return { code: isBroken ? 1 : 0, result }
  },
}
