import { inspect } from 'node:util'
import { errorCodes, PacelineError } from '@paceline/kit'
import type { Environment } from 'vite'
import { describe, expect, it } from 'vitest'
import { verdictError, Verdicts } from './verdicts.ts'

const broken = (code: string): PacelineError => verdictError(new PacelineError(code, `${code} block`))

function setUp(): { verdicts: Verdicts; logged: string[]; give: (judge: string, ...failures: Error[]) => void } {
  const logged: string[] = []
  const environment = {
    name: 'client',
    logger: { error: (text: string) => logged.push(text) },
  } as unknown as Environment
  const verdicts = new Verdicts()
  const give = (judge: string, ...failures: Error[]): void =>
    verdicts.give({ environment, judge, failures, watchMode: false })
  return { verdicts, logged, give }
}

describe('Verdicts', () => {
  it('raises what every judge found when the last of them has spoken', () => {
    const { verdicts, give } = setUp()
    verdicts.announce('client', 'rules')
    verdicts.announce('client', 'budgets')
    give('rules', broken('PACELINE_RULES_BROKEN'))
    let raised: unknown
    try {
      give('budgets', broken('PACELINE_BUDGET_EXCEEDED'))
    } catch (error) {
      raised = error
    }
    expect(errorCodes(raised)).toEqual(['PACELINE_RULES_BROKEN', 'PACELINE_BUDGET_EXCEEDED'])
    expect(inspect(raised)).toBe('PACELINE_RULES_BROKEN block\n\nPACELINE_BUDGET_EXCEEDED block')
  })

  it('raises what the first judge found also when the last one found nothing', () => {
    const { verdicts, give } = setUp()
    verdicts.announce('client', 'rules')
    verdicts.announce('client', 'budgets')
    give('rules', broken('PACELINE_RULES_BROKEN'))
    expect(() => give('budgets')).toThrow('PACELINE_RULES_BROKEN block')
  })

  it('raises at once for a judge who stands alone, and starts anew with the next build', () => {
    const { verdicts, give } = setUp()
    verdicts.announce('client', 'budgets')
    expect(() => give('budgets', broken('PACELINE_BUDGET_EXCEEDED'))).toThrow('PACELINE_BUDGET_EXCEEDED block')
    verdicts.announce('client', 'budgets')
    expect(() => give('budgets')).not.toThrow()
  })

  it('forgets the judges of a build that was given up', () => {
    const { verdicts, give } = setUp()
    verdicts.announce('client', 'rules')
    verdicts.reset('client')
    verdicts.announce('client', 'budgets')
    expect(() => give('budgets', broken('PACELINE_BUDGET_EXCEEDED'))).toThrow('PACELINE_BUDGET_EXCEEDED block')
  })

  it('logs everything and raises nothing in watch mode', () => {
    const { verdicts, logged } = setUp()
    const environment = {
      name: 'client',
      logger: { error: (text: string) => logged.push(text) },
    } as unknown as Environment
    verdicts.announce('client', 'rules')
    const failures = [broken('PACELINE_A'), broken('PACELINE_B')]
    expect(() => verdicts.give({ environment, judge: 'rules', failures, watchMode: true })).not.toThrow()
    expect(logged).toEqual(['PACELINE_A block\n\nPACELINE_B block'])
  })
})
