import { describe, expect, test } from 'vitest'
import { explainNpmFailure, fingerprint, planInstall } from './install-plan.mjs'

const manifest = (fields: object) => ({ path: 'package.json', text: JSON.stringify(fields) })
const base = { lockfile: '{}', platform: 'linux-x64', manifests: [manifest({ dependencies: { a: '1.0.0' } })] }

describe('fingerprint', () => {
  test('stays when only scripts or a description changed', () => {
    const described = [manifest({ description: 'new', scripts: { test: 'x' }, dependencies: { a: '1.0.0' } })]
    expect(fingerprint({ ...base, manifests: described })).toBe(fingerprint(base))
  })

  test('changes with the lockfile, a dependency, a workspace and the platform', () => {
    const variants = [
      base,
      { ...base, lockfile: '{ }' },
      { ...base, platform: 'darwin-arm64' },
      { ...base, manifests: [manifest({ dependencies: { a: '1.0.1' } })] },
      { ...base, manifests: [manifest({ dependencies: { a: '1.0.0' }, allowScripts: { a: true } })] },
      { ...base, manifests: [...base.manifests, { path: 'packages/a/package.json', text: '{}' }] },
    ]
    expect(new Set(variants.map((inputs) => fingerprint(inputs))).size).toBe(variants.length)
  })

  test('does not depend on the order in which the folders were listed', () => {
    const other = { path: 'a/package.json', text: '{"name":"a"}' }
    const one = fingerprint({ ...base, manifests: [...base.manifests, other] })
    expect(fingerprint({ ...base, manifests: [other, ...base.manifests] })).toBe(one)
  })
})

describe('planInstall', () => {
  const state = { installed: true, interrupted: false, recorded: 'a', current: 'a', ci: false }

  test.each([
    ['nothing when what is installed fits', state, 'none'],
    ['everything when there is no node_modules', { ...state, installed: false, recorded: undefined }, 'ci'],
    ['everything when an installation was cut off, even if the record fits', { ...state, interrupted: true }, 'ci'],
    ['an update when the lockfile changed', { ...state, current: 'b' }, 'install'],
    ['an update when somebody ran npm by hand', { ...state, recorded: undefined }, 'install'],
    ['exactly the lockfile in CI', { ...state, current: 'b', ci: true }, 'ci'],
  ] as const)('installs %s', (_, input, plan) => {
    expect(planInstall(input)).toBe(plan)
  })
})

describe('explainNpmFailure', () => {
  const failure = { command: 'npm ci', exitCode: 1, stderr: '' }

  test('says that the registry cannot be reached, and with which code', () => {
    const stderr = 'npm error code EAI_AGAIN\nnpm error request to https://example.org/vite failed'
    expect(explainNpmFailure({ ...failure, stderr })).toMatch(/could not reach the package registry \(EAI_AGAIN\)/)
  })

  test('says that the lockfile is behind', () => {
    const stderr =
      '`npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync.'
    expect(explainNpmFailure({ ...failure, stderr })).toMatch(/Run `npm install` once and commit package-lock\.json/)
  })

  test.each([
    ['npm error code ENOSPC', /disk is full/],
    ["npm error Error: EACCES: permission denied, mkdir '/x'", /may not write/],
    ['npm error something new', /exit code 1, and what it said stands above/],
  ])('explains %j', (stderr, sentence) => {
    expect(explainNpmFailure({ ...failure, stderr })).toMatch(sentence)
  })
})
