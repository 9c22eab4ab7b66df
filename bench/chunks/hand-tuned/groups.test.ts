import { expect, test } from 'vitest'
import { packages } from './groups.ts'

test('packages matches whole names, with patterns for a part of them', () => {
  const group = packages('react', '@mui/*', '@tanstack/*query*', 'highlight.js')
  const ids = ['react/index.js', '@mui/lab/Tab.js', '@tanstack/react-query/x.js', 'highlight.js/lib/a.js']
  for (const id of ids) expect(group.test(`/app/node_modules/${id}`)).toBe(true)
  for (const id of ['react-dom/index.js', '@tanstack/react-router/x.js', 'highlightXjs/a.js']) {
    expect(group.test(`/app/node_modules/${id}`)).toBe(false)
  }
  expect(group.test('C:\\app\\node_modules\\@mui\\lab\\Tab.js')).toBe(true)
})
