import { expect, test } from 'vitest'
import { blocksOf, guides } from './code-blocks.ts'

test('finds fenced blocks with the line they begin at, without their indentation', () => {
  const text = 'Text\n\n```ts\nconst a = 1\n```\n\n- a list\n\n  ```sh\n  npm test\n  ```\n\n```\noutput\n```\n'
  expect(blocksOf('a.md', text)).toEqual([
    { file: 'a.md', line: 4, language: 'ts', code: 'const a = 1\n' },
    { file: 'a.md', line: 10, language: 'sh', code: 'npm test\n' },
    { file: 'a.md', line: 14, language: '', code: 'output\n' },
  ])
})

test('knows the guides, and nothing of other people', () => {
  const files = guides()
  expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/budgets.md', 'docs/delivery/nginx.md']))
  expect(files.filter((file) => file.includes('node_modules') || file.includes('/dist/'))).toEqual([])
})
