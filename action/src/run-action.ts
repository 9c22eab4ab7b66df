import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GithubError, upsertComment } from './github.ts'

/** What the action was told, and where it runs. */
export interface ActionInput {
  /** Shell command; empty when the app is built already. */
  readonly build: string
  /** Git ref or file; empty compares with nothing. */
  readonly baseline: string
  /** Arguments of `paceline measure` as one would write them; empty measures nothing. */
  readonly measure: string
  readonly comment: boolean
  /** What tells the comment from that of another app of the same repository. */
  readonly name: string
  readonly pull: number | undefined
  readonly repository: { readonly api: string; readonly name: string; readonly token: string }
  /** A directory of our own, for what is handed on. */
  readonly folder: string
  /** Where GitHub reads a job's summary; undefined elsewhere. */
  readonly summary: string | undefined
}

/** Runs a command with its output shown, and says how it ended. */
export type Shell = (command: string) => Promise<{ readonly code: number; readonly output: string }>

export type Verdict = 'holds' | 'broken' | 'unknown'

export interface ActionResult {
  readonly verdict: Verdict
  /** Address of the comment. */
  readonly comment?: string
  /** Whether the folder holds a comment that somebody else must write. */
  readonly handsOn: boolean
}

/** Below what GitHub takes of a comment, 65,536 characters. */
const MOST = 65_000
const VERDICTS: readonly Verdict[] = ['holds', 'broken', 'unknown']

/**
 * Builds, judges, compares and measures, and writes what came out: annotations, the summary of the job, one comment.
 * The worst answer is the verdict: what could not be told outweighs what does not hold.
 */
export async function runAction(
  input: ActionInput,
  shell: Shell,
  say: (line: string) => unknown,
): Promise<ActionResult> {
  await mkdir(input.folder, { recursive: true })
  const built = input.build === '' ? 0 : await build(input.build, shell)
  const judged = await judge(input, shell)
  const measured = input.measure === '' || judged === 2 ? undefined : await measure(input, shell)
  const code = Math.max(judged, measured?.code ?? 0, built)
  const verdict = VERDICTS[Math.min(code, 2)]!
  const body = await bodyOf(input, verdict, measured?.markdown)
  if (input.summary !== undefined) await appendFile(input.summary, `${body}\n`)
  return { verdict, ...(await publish(input, body, say)) }
}

/** 0 when the build ended well, or ended because of what `check` judges anyway; 2 when it failed. */
async function build(command: string, shell: Shell): Promise<number> {
  const { code, output } = await shell(command)
  if (code === 0) return 0
  return /PACELINE_(?:BASELINE_NOT_STORED|BUDGET_EXCEEDED|RULES_BROKEN)/.test(output) ? 0 : 2
}

async function judge({ baseline, folder }: ActionInput, shell: Shell): Promise<number> {
  const compared = baseline === '' ? '' : ` --baseline ${quote(baseline)}`
  const { code } = await shell(`npx paceline check${compared} --github`)
  await shell(`npx paceline check${compared} --markdown --output ${quote(join(folder, 'check.md'))}`)
  return code
}

async function measure(
  { measure: args, baseline, folder }: ActionInput,
  shell: Shell,
): Promise<{ readonly code: number; readonly markdown: string }> {
  const compared = baseline === '' || /(?:^|\s)--baseline\b/.test(args) ? '' : ` --baseline ${quote(baseline)}`
  const file = join(folder, 'measure.md')
  const { code } = await shell(`npx paceline measure ${args}${compared} --markdown --output ${quote(file)}`)
  const markdown = await readFile(file, 'utf8').catch(() => '`paceline measure` ended without a result.\n')
  return { code, markdown }
}

async function bodyOf({ folder, name }: ActionInput, verdict: Verdict, measured = ''): Promise<string> {
  const fallback = `### Paceline: ${verdict}\n\n\`paceline check\` ended without a result; the log says why.\n`
  const checked = await readFile(join(folder, 'check.md'), 'utf8').catch(() => fallback)
  const texts = [checked, measured].map((text) => text.replace(/^<!--.*-->\n/, '').trim()).filter((text) => text !== '')
  const whole = `<!-- paceline: ${name.replaceAll(/[<>-]/g, '')} -->\n${texts.join('\n\n')}\n`
  return whole.length <= MOST ? whole : `${whole.slice(0, MOST)}\n\n… the rest is in the summary of the job.\n`
}

async function publish(
  { comment, pull, repository, folder }: ActionInput,
  body: string,
  say: (line: string) => unknown,
): Promise<Pick<ActionResult, 'comment' | 'handsOn'>> {
  if (!comment || pull === undefined) return { handsOn: false }
  try {
    return { comment: await upsertComment(repository, pull, body), handsOn: false }
  } catch (error) {
    if (!(error instanceof GithubError) || !error.isRefusal) throw error
    // Pull requests of forks get a token that only reads.
    say(`The token may not write to pull request ${pull} (${error.status}): the comment is handed on as an artifact.`)
    await writeFile(join(folder, 'comment.json'), JSON.stringify({ pull, body }))
    return { handsOn: true }
  }
}

/** For bash, as one word. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
