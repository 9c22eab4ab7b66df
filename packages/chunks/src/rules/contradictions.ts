import { chunksError } from '../errors.ts'
import { parseBytes } from '@paceline/kit'
import type { PlanOptions } from '../options.ts'
import { ignoredRules } from './ignored-rules.ts'
import { isOneSibling, siblingsOf } from './parse-layer.ts'
import type { ResolvedRules } from './resolve-rules.ts'

/**
 * Rules that cannot hold together, or say nothing because another part of the options undoes them. All are raised at once.
 *
 * @throws `PACELINE_RULES_CONTRADICT`
 */
export function findContradictions(rules: ResolvedRules, plan: PlanOptions): void {
  const found = [
    ...rules.layers.layers.flatMap(({ from, to, text }) =>
      to?.some((target) => from.includes(target))
        ? [
            `\`chunks.layers\` says '${text}', so that these modules may not import themselves. Write 'may not import each other' to keep siblings apart.`,
          ]
        : [],
    ),
    ...withoutSiblings(rules),
    ...alternatives(rules),
    ...bothLazyAndGone(rules),
    ...ignoredRules(rules),
    ...moreAtFirst('chunks.requests.initial', rules.requests.initial, 'chunks.requests.route', rules.requests.route),
    ...moreAtFirst(
      'chunks.maxInitialRequests',
      plan.maxInitialRequests,
      'chunks.maxRouteRequests',
      plan.maxRouteRequests,
    ),
    ...againstThePlan(rules, plan),
    ...rules.suppress.flatMap(({ rule, subject }) =>
      rules[rule as keyof Omit<ResolvedRules, 'suppress'>].severity === 'off'
        ? [
            `\`chunks.suppress\` accepts '${subject}' for \`${rule}\`, which is off. Remove the suppression or turn the rule on.`,
          ]
        : [],
    ),
  ]
  if (found.length > 0) throw chunksError('PACELINE_RULES_CONTRADICT', [found])
}

function withoutSiblings({ layers }: ResolvedRules): string[] {
  return layers.layers.flatMap(({ from, to, text }) => {
    const named = to === undefined ? from.filter(isOneSibling) : []
    if (named.length !== 1) return []
    const directory = siblingsOf(named[0]!)
    return [
      `\`chunks.layers\` says '${text}', and '${named[0]!}' is one directory, which has nothing to be kept apart from. Write '${directory}/*' to keep apart what lies in it.`,
    ]
  })
}

function alternatives({ forbidden }: ResolvedRules): string[] {
  const uses = new Map<string, Set<string>>()
  for (const { name, use } of [...forbidden.initial, ...Object.values(forbidden.routes).flat(), ...forbidden.all]) {
    if (use !== undefined) uses.set(name, (uses.get(name) ?? new Set()).add(use))
  }
  const names = new Set(uses.keys())
  const twice = [...uses].flatMap(([name, found]) =>
    found.size > 1
      ? [
          `\`chunks.forbidden\` names two alternatives for '${name}': ${[...found].map((use) => `'${use}'`).join(' and ')}. Keep one.`,
        ]
      : [],
  )
  const circles = [...uses].flatMap(([name, found]) =>
    [...found].flatMap((use) =>
      use === name || (names.has(use) && forbidden.all.some((entry) => entry.name === use))
        ? [`\`chunks.forbidden\` offers '${use}' instead of '${name}', and forbids it too. Name another alternative.`]
        : [],
    ),
  )
  return [...twice, ...circles]
}

function bothLazyAndGone({ lazy, forbidden }: ResolvedRules): string[] {
  const gone = new Set(forbidden.all.map(({ name }) => name))
  return lazy.modules.flatMap((name) =>
    gone.has(name)
      ? [
          `\`chunks.lazy\` wants '${name}' loaded later, \`chunks.forbidden.all\` wants it nowhere. Keep one of the two.`,
        ]
      : [],
  )
}

/** The initial load is part of every route's. What nobody has limited says nothing. */
function moreAtFirst(initial: string, atFirst = Infinity, route: string, perRoute = Infinity): string[] {
  if (atFirst === Infinity || atFirst <= perRoute) return []
  return [
    `\`${initial}\` allows ${atFirst}, \`${route}\` ${perRoute}, and the initial load is part of every route. Make the first no more than the second.`,
  ]
}

/** What the planner was told in so many words to do, and a rule forbids. Its defaults are nobody's word. */
function againstThePlan(rules: ResolvedRules, plan: PlanOptions): string[] {
  if (plan.strategy !== 'planned') return []
  const { requests, tinyChunks } = rules
  const { maxInitialRequests = 0, maxRouteRequests = 0, minChunkSize } = plan
  const smallest = minChunkSize === undefined ? Infinity : parseBytes(minChunkSize, 'chunks.minChunkSize')
  const found: string[] = []
  if (requests.severity !== 'off' && maxInitialRequests > requests.initial) {
    found.push(
      `\`chunks.maxInitialRequests\` lets the planner make ${maxInitialRequests} requests, \`chunks.requests.initial\` allows ${requests.initial}. Make them agree.`,
    )
  }
  if (requests.severity !== 'off' && maxRouteRequests > requests.route) {
    found.push(
      `\`chunks.maxRouteRequests\` lets the planner make ${maxRouteRequests} requests, \`chunks.requests.route\` allows ${requests.route}. Make them agree.`,
    )
  }
  if (tinyChunks.severity !== 'off' && smallest < tinyChunks.below) {
    found.push(
      `\`chunks.minChunkSize\` lets the planner make chunks of ${smallest} B, \`chunks.tinyChunks\` asks for ${tinyChunks.below} B. Make them agree.`,
    )
  }
  return found
}
