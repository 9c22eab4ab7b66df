import { expect, test } from 'vitest'
import { planSuites } from './plan-suites.ts'

test.each([
  [[], { unit: [], browser: [], matrix: ['quick'] }],
  [['packages/budgets'], { unit: ['packages/budgets'], browser: undefined, matrix: undefined }],
  [['e2e'], { unit: undefined, browser: [], matrix: undefined }],
  [['e2e/tests/routes', 'scripts'], { unit: ['scripts'], browser: ['e2e/tests/routes'], matrix: undefined }],
  [['matrix'], { unit: undefined, browser: undefined, matrix: ['quick'] }],
  [['matrix/lib'], { unit: ['matrix/lib'], browser: undefined, matrix: undefined }],
])('%j runs %j', (args, plan) => {
  expect(planSuites(args)).toEqual(plan)
})
