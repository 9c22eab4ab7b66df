import { expect, test } from 'vitest'
import { planSuites } from './plan-suites.ts'

test.each([
  [[], { unit: [], browser: [] }],
  [['packages/budgets'], { unit: ['packages/budgets'], browser: undefined }],
  [['e2e'], { unit: undefined, browser: [] }],
  [['e2e/tests/routes', 'scripts'], { unit: ['scripts'], browser: ['e2e/tests/routes'] }],
])('%j runs %j', (args, plan) => {
  expect(planSuites(args)).toEqual(plan)
})
