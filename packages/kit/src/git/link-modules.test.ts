import { posix, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { workspacePath } from './link-modules.ts'

const paths = { posix, win32 }

test.each([
  ['win32', String.raw`C:\shop\packages\ui`, String.raw`packages\ui`],
  ['win32', String.raw`c:\shop\packages\ui`, String.raw`packages\ui`],
  ['win32', String.raw`C:\shop`, ''],
  ['win32', String.raw`C:\shop\node_modules\.pnpm\a\node_modules\a`, undefined],
  ['win32', String.raw`C:\shopping\ui`, undefined],
  ['win32', String.raw`D:\linked\ui`, undefined],
  ['posix', 'C:/shop/packages/ui', 'packages/ui'],
] as const)('%s: %s is %j in the repository', (system, real, expected) => {
  expect(workspacePath('C:/shop', real, paths[system].relative)).toBe(expected)
})
