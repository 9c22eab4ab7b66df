import { describe, expect, test } from 'vitest'
import type { ChunkFault } from './chunk-fault.ts'
import { describeFault } from './describe-fault.ts'
import { inPlan } from './followed-faults.ts'
import { finished } from './testing/finished.ts'
import { verifyOutput } from './verify-output.ts'

/** `part` runs before `setup` now; `tools` is a chunk that `app` needs, too. */
const swapped = {
  source: { main: ['setup', 'app'], setup: [], app: ['part', 'tool'], part: [], tool: [] },
  chunks: { main: ['setup', 'main'], app: ['app'], part: ['part'], tools: ['tool'] },
  imports: { main: ['app'], app: ['part', 'tools'] },
  noticed: [],
}

describe('a changed order where a plan is followed', () => {
  const told = (groups: readonly string[], asks: Record<string, string[]>, noticed: string[] = []) => {
    const output = finished({ ...swapped, asks, noticed })
    const [fault] = verifyOutput(output) as [ChunkFault]
    const described = describeFault(fault, '/', () => undefined)
    const { advice, suspected = false } = inPlan(
      described,
      fault,
      { file: 'plan.json', groups: new Set(groups) },
      output.chunks,
    )
    return { suspected, asksForPlan: advice.includes('paceline chunks plan') }
  }
  const fire = { setup: ['fire'], part: ['fire'] }

  test.each([[[]], [['tools']]])('of initialisers is certain when no group is behind it: %j', (groups) => {
    expect(told(groups, fire)).toEqual({ suspected: false, asksForPlan: true })
  })

  test.each([[['part']], [['main']], [['app']]])(
    'of initialisers stays a suspicion when a group has one of them, or needs the second: %j',
    (groups) => {
      expect(told(groups, fire)).toEqual({ suspected: true, asksForPlan: false })
    },
  )

  test('of effects asks for a new plan, whatever groups there are', () => {
    expect(told(['part'], {}, ['setup', 'part'])).toEqual({ suspected: false, asksForPlan: true })
  })
})
