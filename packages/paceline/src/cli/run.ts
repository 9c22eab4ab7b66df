import { resolve } from 'node:path'
import { chooseFormat, FORMATS } from './choose-format.ts'
import type { Format } from './choose-format.ts'
import type { Command, ExitCode, Invocation, Outcome } from './command.ts'
import { cacheClear } from './commands/cache-clear.ts'
import { cachePrune } from './commands/cache-prune.ts'
import { cacheStats } from './commands/cache-stats.ts'
import { cacheWarm } from './commands/cache-warm.ts'
import { check } from './commands/check.ts'
import { chunksPlan } from './commands/chunks-plan.ts'
import { collect } from './commands/collect.ts'
import { diff } from './commands/diff.ts'
import { doctor } from './commands/doctor.ts'
import { init } from './commands/init.ts'
import { measure } from './commands/measure.ts'
import { releaseFetch } from './commands/release-fetch.ts'
import { releaseList } from './commands/release-list.ts'
import { releasePrune } from './commands/release-prune.ts'
import { releasePush } from './commands/release-push.ts'
import { releaseRollback } from './commands/release-rollback.ts'
import { replay } from './commands/replay.ts'
import { report } from './commands/report.ts'
import { serve } from './commands/serve.ts'
import { sloCheck } from './commands/slo-check.ts'
import { visits } from './commands/visits.ts'
import { whatIf } from './commands/what-if.ts'
import { why } from './commands/why.ts'
import type { Io } from './io.ts'
import { packageVersion } from './package-version.ts'
import { parseArguments } from './parse-arguments.ts'
import { describeError, renderFailure } from './render-failure.ts'
import { renderHelp, renderOverview } from './render-help.ts'
import { writeResult } from './write-result.ts'

/** What `paceline` can be told to do, in the order of its help. */
export const commands: readonly Command[] = [
  init,
  check,
  diff,
  why,
  whatIf,
  replay,
  chunksPlan,
  report,
  measure,
  serve,
  collect,
  sloCheck,
  visits,
  doctor,
  cacheStats,
  cachePrune,
  cacheClear,
  cacheWarm,
  releaseList,
  releaseRollback,
  releasePrune,
  releaseFetch,
  releasePush,
]

/**
 * Runs `paceline` with arguments: the result goes to `io.out` or to `--output`, all else to `io.err`.
 *
 * @returns the exit code; nothing is thrown
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const parsed = parseArguments(argv, commands)
    if (parsed.kind === 'nothing') {
      io.err(renderOverview(commands))
      return 2
    }
    if (parsed.kind === 'help') io.out(parsed.command ? renderHelp(parsed.command) : renderOverview(commands))
    else if (parsed.kind === 'version') io.out(`${packageVersion()}\n`)
    else return await runCommand(parsed.command, parsed.invocation, io)
    return 0
  } catch (error) {
    // The options could not be read, yet who asked for a format reads that format.
    return fail(error, FORMATS.find((format) => argv.includes(`--${format}`)) ?? 'text', io)
  }
}

async function runCommand(command: Command, invocation: Invocation, io: Io): Promise<ExitCode> {
  // Before anything is done: two formats are a mistake in the command line.
  const format = chooseFormat(invocation)
  const file = invocation.text('output')
  let outcome: Outcome
  try {
    // A file is no terminal.
    outcome = await command.run(invocation, file === undefined ? io : { ...io, color: false, columns: undefined })
  } catch (error) {
    return fail(error, format, io)
  }
  await deliver(outcome, file, io)
  return outcome.code
}

async function deliver({ result }: Outcome, file: string | undefined, io: Io): Promise<void> {
  if (file === undefined) {
    io.out(result)
    return
  }
  await writeResult(resolve(io.cwd, file), result)
  io.err(`paceline: wrote ${file}\n`)
}

function fail(error: unknown, format: Format, io: Io): ExitCode {
  const { code, message } = describeError(error)
  io.out(renderFailure(error, format))
  io.err(`paceline: ${message}\n(${code})\n`)
  return 2
}
