import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { command } from '../delivery/served-with-paceline.ts'

/** What `paceline slo check` says of a release. */
export async function sloCheck(
  url: string,
  release: string,
): Promise<{ readonly code: number; readonly verdict: string }> {
  const argv = [command, 'slo', 'check', '--release', release, '--url', url, '--json']
  const { stdout, code = 0 } = (await promisify(execFile)(process.execPath, argv).catch(
    (error: { readonly stdout: string; readonly code: number }) => error,
  )) as { stdout: string; code?: number }
  return { code, verdict: (JSON.parse(stdout) as { verdict: string }).verdict }
}
