import { existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { dirname, join, resolve } from 'node:path'
import { readReport, reportFile } from '@paceline/build-graph'
import { createCollector } from '@paceline/collector'
import type { Collector } from '@paceline/collector'
import type { Mount } from '@paceline/delivery/server'
import { readRelease } from '../../collector/release-upload.ts'
import { readRunFlags, runFlags } from '../collector/run-flags.ts'
import type { Invocation, OptionSpec } from '../command.ts'
import type { Io } from '../io.ts'
import { serveError } from './serve-errors.ts'

/** Options of `paceline serve` about the collector in it. */
export const collectorInServe: Readonly<Record<string, OptionSpec>> = {
  collect: { type: 'boolean', help: 'Take the beacons of its pages, and show them at /__paceline/dashboard/' },
  beacons: {
    type: 'string',
    value: 'DIR',
    help: 'Where they are kept (default: collector in the folder of the reports)',
  },
  ...runFlags,
  sla: { type: 'string', value: 'FILE', help: 'The SLA as JSON (default: that of the build)' },
}

/** Paths of the reports, which the collector leaves to who serves them. */
const REPORTS: ReadonlySet<string> = new Set(['/__paceline/report', '/__paceline/treemap'])

/** Where the server listens, and where the reports of what it serves are, absolute. */
export interface ServedBuild {
  readonly host: string
  readonly reportDir: string
}

/**
 * Opens the collector that is asked for. It holds pages to the SLA that the build has in its report, and knows its routes and modules from there.
 *
 * @returns nothing when none is asked for
 * @throws `PACELINE_SERVE_OPTION`, and what `createCollector` throws
 */
export async function openCollector(
  invocation: Invocation,
  io: Io,
  { host, reportDir }: ServedBuild,
): Promise<Collector | undefined> {
  if (!invocation.flag('collect')) {
    const isGiven = (name: string): boolean => invocation.text(name) !== undefined || invocation.flag(name)
    const idle = Object.keys(collectorInServe).find(isGiven)
    if (idle !== undefined)
      throw serveError('PACELINE_SERVE_OPTION', [`--${idle}`, 'no `--collect`', 'Add it, or leave the option out.'])
    return undefined
  }
  const { sla, ...flags } = await readRunFlags(invocation, io)
  const file = reportFile(reportDir, 'client')
  const report = existsSync(file) ? await readReport(file) : undefined
  const dir = resolve(io.cwd, invocation.text('beacons') ?? join(reportDir, 'collector'))
  const collector = await createCollector({ ...flags, host, dir, sla: sla ?? report?.sla })
  if (report) await collector.pushRelease(await readRelease(dirname(reportDir), reportDir, report))
  return collector
}

/** @param reports of the same prefix, for what the collector leaves to them */
export function collectorMount(collector: Collector, reports: Mount | undefined): Mount {
  return {
    path: '/__paceline/',
    handle(request, response, next) {
      const [path = ''] = (request.url ?? '').split('?')
      if (reports && REPORTS.has(path)) reports.handle(request, response, next)
      // Over HTTP/2 both are Node's stand-ins for these.
      else collector.handler(request as IncomingMessage, response as ServerResponse)
    },
  }
}
