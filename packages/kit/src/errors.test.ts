import { expect, it } from 'vitest'
import { PacelineError } from './errors.ts'

it('shows its code wherever an error is printed by its name', () => {
  const error = new PacelineError('PACELINE_DEMO', '`demo` is no demo; received 1. Try 2.')
  expect(String(error)).toBe('PacelineError [PACELINE_DEMO]: `demo` is no demo; received 1. Try 2.')
})
