import { describe, expect, it } from 'vitest'
import { SetupError } from '../lib/setup-error.mjs'
import { allPassed, describeResult } from '../results/suite-result.ts'
import { findTool } from './find-tool.ts'

const missing = (): Promise<never> => Promise.reject(new SetupError('There is no such thing. Install it.'))

describe('findTool', () => {
  it.each(['true', '1'])('makes a failure of what is missing with CI=%s, and says which', async (CI) => {
    const { path, failure } = await findTool('chDB', missing, { CI })
    expect(path).toBeUndefined()
    expect(describeResult(failure!)).toBe(
      '  ✗ chDB: 0 passed, 1 failed · missing on CI · There is no such thing. Install it.',
    )
    expect(allPassed([{ name: 'vitest', passed: 9, failed: 0, skipped: 0 }, failure!])).toBe(false)
  })

  it.each([{}, { CI: '' }, { CI: 'false' }])('goes on without it elsewhere: %o', async (env) => {
    expect(await findTool('chDB', missing, env)).toEqual({})
  })

  it('gives what is found, and hides no other error', async () => {
    expect(await findTool('nginx', async () => '/usr/sbin/nginx', { CI: 'true' })).toEqual({ path: '/usr/sbin/nginx' })
    const broken = (): Promise<never> => Promise.reject(new TypeError('broken'))
    await expect(findTool('nginx', broken, { CI: 'true' })).rejects.toThrow('broken')
  })
})
