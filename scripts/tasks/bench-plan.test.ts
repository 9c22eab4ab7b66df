import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../lib/root.mjs'
import { BENCHES, duration, planSession } from './bench-plan.ts'

test('a session has every bench that there is, once', () => {
  const folders = readdirSync(join(root, 'bench')).filter((name) => existsSync(join(root, 'bench', name, 'main.ts')))
  // Takes any app and compares figures: a check, not a measurement.
  const measuring = folders.filter((name) => name !== 'verify').toSorted()
  expect([...BENCHES]).toEqual(measuring)
  expect(
    planSession('playground', undefined)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(measuring)
})

test('the public apps are measured where apps are', () => {
  const apps = mkdtempSync(join(tmpdir(), 'bench-plan-'))
  expect(() => planSession('playground', apps)).toThrow(/stack --fetch/)
  for (const app of ['shadcn-admin', 'bulletproof-react/apps/react-vite']) {
    mkdirSync(join(apps, app, 'node_modules'), { recursive: true })
  }
  const stack = planSession('playground', apps).find(({ name }) => name === 'stack')
  expect(stack?.args).toContain(join(apps, 'shadcn-admin'))
})

test('durations are told in hours and minutes', () => {
  expect(duration(0.2)).toBe('1 min')
  expect(duration(95)).toBe('1 h 35 min')
})
