import { expect, test } from 'vitest'
import { addDevDependency, dropDependencies } from './edit-package.ts'

const swapped = (text: string): string =>
  addDevDependency(
    dropDependencies(text, (name) => name === 'old'),
    'paceline',
    '^1.0.0',
  )

test.each(['  ', '    ', '\t'])(
  'the only dependency gives its place, and its line, to another; indent %j',
  (indent) => {
    const text = (name: string): string =>
      `${JSON.stringify({ name: 'x', devDependencies: { [name]: '^1.0.0' } }, null, indent)}\n`
    expect(swapped(text('old'))).toBe(text('paceline'))
  },
)

test('a package.json on one line stays on it', () => {
  const text = '{"name":"x","devDependencies":{"old":"^1.0.0"}}'
  expect(swapped(text)).toBe('{"name":"x","devDependencies":{"paceline": "^1.0.0"}}')
})
