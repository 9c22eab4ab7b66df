/** Comments and strings: neither has anything to say about selectors. */
const NO_RULES = /\/\*[^]*?\*\/|"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'/g
/** At-rules whose blocks hold no selectors of elements. */
const NO_SELECTORS =
  /^@(?:-\w+-)?(?:keyframes|font-face|font-feature-values|property|page|counter-style|position-try|view-transition)\b/

/**
 * Whether a stylesheet has rules for elements by what they are, not by a name that somebody gave them: `body`, `a:hover`, `*`. Such rules apply
 * to any page as soon as they are there. Variables (`:root { --gap: 1px }`) are nothing until somebody names them.
 *
 * @param css compiled
 */
export function hasGlobalRules(css: string): boolean {
  const text = css.replaceAll(NO_RULES, '')
  /** Of the blocks around: whether rules in them stand for themselves. */
  const open: boolean[] = []
  let start = 0
  for (const { 0: mark, index } of text.matchAll(/[{};]/g)) {
    const before = text.slice(start, index).trim()
    start = index + 1
    if (mark === '}') open.pop()
    if (mark !== '{') continue
    const isAtRule = before.startsWith('@')
    const counts = open.at(-1) ?? true
    if (counts && !isAtRule && before.split(',').some(isGlobal) && !holdsVariables(text, start)) return true
    open.push(counts && isAtRule && !NO_SELECTORS.test(before))
  }
  return false
}

function isGlobal(selector: string): boolean {
  return !/[.#[]/.test(selector)
}

/** Whether a block has nothing but custom properties. */
function holdsVariables(text: string, start: number): boolean {
  const end = text.indexOf('}', start)
  const block = text.slice(start, end === -1 ? undefined : end)
  return !block.includes('{') && block.split(';').every((line) => /^\s*(?:--|$)/.test(line))
}
