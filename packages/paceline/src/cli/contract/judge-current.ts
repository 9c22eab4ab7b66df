import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { readReport, reportFile, writeReport } from '@paceline/build-graph'
import type { BuildReport } from '@paceline/build-graph'
import { diskFiles, judgeBuild, resolveBaseline, verifyDist, writePages } from '@paceline/budgets'
import type { Baseline } from '@paceline/budgets'
import { errorCodes } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'
import type { ExitCode, Invocation } from '../command.ts'
import type { Io } from '../io.ts'
import { loadConfig } from './load-config.ts'
import type { Contract } from './load-config.ts'
import { rulesOfToday } from './rules-of-today.ts'

export interface JudgedContract {
  readonly contract: Contract
  /** The report with its verdicts. */
  readonly report: BuildReport
  readonly baseline: Baseline | undefined
  readonly outDir: string
  /** The page with this verdict, absolute. */
  readonly page: string
  readonly code: ExitCode
}

export interface JudgeRequest {
  /** The directory that was built, when it is not the config's. */
  readonly dist: string | undefined
  /** Saved report or git ref. */
  readonly baseline: string | undefined
  /** File that this build's report is going to be saved as, absolute. */
  readonly saves?: string | undefined
  /** Whether a config without budgets is an error: a verdict on nothing is none. */
  readonly needsBudgets: boolean
}

/**
 * The verdict on a build that is there already: reads its report, makes sure that it speaks of the files on disk, finds
 * the baseline and holds all of it to the budgets of the config. The verdict is kept where the build left its own, so
 * that the report and its pages never contradict what was printed last.
 *
 * @throws codes of the config, the report, the baseline, and `PACELINE_STALE_DIST`
 */
export async function judgeCurrent(request: JudgeRequest, invocation: Invocation, io: Io): Promise<JudgedContract> {
  const contract = await loadConfig(invocation, io)
  const { root, budgets, hasRules } = contract
  if (!budgets && !hasRules && request.needsBudgets)
    throw cliError('PACELINE_CONFIG_NO_BUDGETS', [root, contract.configFile])
  const outDir = request.dist === undefined ? contract.outDir : resolve(io.cwd, request.dist)
  const saved = await readReport(reportFile(contract.reportDir, 'client'))
  verifyDist(saved, existsSync(outDir) ? await diskFiles(outDir) : [], relative(io.cwd, outDir) || '.')
  const baseline = await findBaseline(request, contract, saved, invocation, io)
  const budgetResults = budgets
    ? (await judgeBuild({ report: saved, budgets, root, outDir, baseline })).results
    : saved.budgets
  const today = new Date().toISOString().slice(0, 10)
  const report = { ...saved, budgets: budgetResults, rules: rulesOfToday(saved.rules, today) }
  await writeReport(reportFile(contract.reportDir, 'client'), report)
  const pages = await writePages(report, contract.reportDir, 'client', baseline)
  return { contract, report, baseline, outDir, page: pages.report, code: codeOf(report) }
}

/** The contract holds when no budget and no rule fails; warnings do not break it. */
export function codeOf({ budgets, rules }: BuildReport): ExitCode {
  return [...budgets, ...rules].some(({ status }) => status === 'fail') ? 1 : 0
}

async function findBaseline(
  request: JudgeRequest,
  { root, budgets, buildsWith }: Contract,
  current: BuildReport,
  invocation: Invocation,
  io: Io,
): Promise<Baseline | undefined> {
  // A file is named from where the command runs, one in the config from the app's root.
  const given = request.baseline
  const named = given?.endsWith('.json') ? resolve(io.cwd, given) : (given ?? budgets?.baseline)
  if (named === undefined) return undefined
  const found = await resolveBaseline({
    baseline: named,
    root,
    current,
    rebuild: {
      configFile: buildsWith,
      mode: invocation.text('mode'),
      command: invocation.text('build'),
      log: (line) => io.err(`paceline: ${line}\n`),
    },
  }).catch((error: unknown): Baseline => {
    // The first baseline: the config names the file that this very command is asked to write.
    const isFirst = request.saves === resolve(root, named) && errorCodes(error).includes('PACELINE_BASELINE_UNREADABLE')
    if (!isFirst) throw error
    return { report: current, name: named, from: 'file' }
  })
  return { ...found, name: found.from === 'file' ? (given ?? named) : found.name }
}
