import { join } from 'node:path'
import { readReport, reportFile, type RuleViolation } from '@paceline/build-graph'
import { runBuild, writeFixture, type FixtureFiles, type ViteVersion } from '@paceline/testkit'
import type { InlineConfig } from 'vite'
import { chunks } from '../../plugin.ts'
import type { RuleOptions } from '../options.ts'
import type { RuleName } from '../rule.ts'

const html = '<!doctype html><html><head></head><body><script type="module" src="/src/main.js"></script></body></html>'

/** Builds an app, and says what breaks one rule, which must warn only: a build that fails is a failure. */
export async function judgeBuild(
  vite: ViteVersion,
  rule: RuleName,
  files: FixtureFiles,
  options: RuleOptions,
  config: InlineConfig = {},
): Promise<readonly RuleViolation[]> {
  const root = await writeFixture({
    'package.json': '{"name":"app","private":true,"version":"1.0.0"}',
    'index.html': html,
    ...files,
  })
  await runBuild({ vite, root, plugins: chunks(options), config })
  const report = await readReport(reportFile(join(root, '.paceline'), 'client'))
  const result = report.rules.find((one) => one.rule === rule)
  if (!result) throw new Error(`${rule} is not in the report`)
  return result.violations
}

/** A package as npm installs it, of ES modules. */
export function installedPackage(name: string, code: string, place = `node_modules/${name}`): FixtureFiles {
  return {
    [`${place}/package.json`]: JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' }),
    [`${place}/index.js`]: code,
  }
}
