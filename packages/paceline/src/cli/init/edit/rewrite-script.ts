import type { MovedConfig } from '../move-configs.ts'

export interface RewrittenScript {
  readonly command: string
  /** Flags that were dropped, and commands that stay. */
  readonly dropped: readonly string[]
  readonly left: readonly string[]
}

/** What starts a tool of the package: kept, since it starts `paceline` as well. */
const RUNNER = /^(?:npx(?: --no-install| --yes| -y)?|pnpm(?: exec)?|yarn(?: run)?|bunx(?: --bun)?)$/

/** A script with the commands of tools that are gone replaced. Everything else stays as it is written. */
export function rewriteScript(script: string, configs: readonly MovedConfig[]): RewrittenScript {
  const dropped: string[] = []
  const left: string[] = []
  const parts = script.split(/(\s*(?:&&|\|\||;|\|)\s*)/)
  const rewritten = parts.map((part) => {
    const words = part.trim().split(/\s+/)
    const runner = takeRunner(words)
    const [name = '', ...args] = words.slice(runner.length)
    const config = configs.find(({ tool }) => tool.commands.test(name))
    if (!config) return part
    const line = config.tool.script(name, args, config)
    if (!line) {
      left.push(part.trim())
      return part
    }
    dropped.push(...(line.dropped ?? []))
    return [...runner, line.command].join(' ')
  })
  return { command: withoutRepeats(parts, rewritten), dropped, left }
}

function takeRunner(words: readonly string[]): readonly string[] {
  for (const length of [2, 1]) {
    const runner = words.slice(0, length)
    if (runner.length < words.length && RUNNER.test(runner.join(' '))) return runner
  }
  return []
}

/** `size-limit && bundlewatch` are one verdict now: what was rewritten and is there already is not run again. */
function withoutRepeats(parts: readonly string[], rewritten: readonly string[]): string {
  let command = rewritten[0] ?? ''
  const verdicts = new Set([plain(command)])
  for (let index = 1; index < rewritten.length; index += 2) {
    const part = rewritten[index + 1] ?? ''
    if (part !== parts[index + 1] && verdicts.has(plain(part))) continue
    verdicts.add(plain(part))
    command += (rewritten[index] ?? '') + part
  }
  return command
}

function plain(command: string): string {
  return command.replace(/ --json$/, '')
}
