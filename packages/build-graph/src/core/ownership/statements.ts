/**
 * Positions in `code` where one top-level item ends and the next begins: after `;`, after `,` between declarators or
 * sequence items, after the `}` of a declaration. "Top level" is the outermost nesting the stretch reaches, since
 * the stretch may begin deep inside an expression.
 *
 * A light scan, not a parser: it knows strings, templates and comments. It is only asked about the stretch between
 * the last mapping of one module and the first of another, where modules without any mapping stand (JSON, virtual
 * modules: vitejs/vite#20721).
 */
export function itemBoundaries(code: string, start: number, end: number): number[] {
  const boundaries: { position: number; depth: number }[] = []
  let depth = 0
  let lowest = 0
  for (let index = start; index < end; index++) {
    const char = code[index]
    if (char === '"' || char === "'" || char === '`') index = skipString(code, index, end)
    else if (char === '/' && code[index + 1] === '*') index = skipTo(code, '*/', index + 2, end)
    else if (char === '/' && code[index + 1] === '/') index = skipTo(code, '\n', index + 2, end)
    else if (char === '(' || char === '[' || char === '{') depth++
    else if (char === ')' || char === ']' || char === '}') {
      depth--
      lowest = Math.min(lowest, depth)
      if (char === '}' && startsStatement(code, index + 1)) boundaries.push({ position: index + 1, depth })
    } else if (char === ';' || char === ',') boundaries.push({ position: index + 1, depth })
  }
  // A stretch that opens the wrapper of a format (SystemJS, IIFE) has its items inside, where it ends.
  const level = boundaries.some((boundary) => boundary.depth === lowest) ? lowest : depth
  return boundaries.filter((boundary) => boundary.depth === level).map((boundary) => boundary.position)
}

const CONTINUES = /^(?:in|of|as|from|instanceof|else|catch|finally|while)\b/

function startsStatement(code: string, index: number): boolean {
  const char = code[index]
  if (char === undefined || !/[A-Za-z_$\n]/.test(char)) return false
  return !CONTINUES.test(code.slice(index, index + 11))
}

function skipTo(code: string, token: string, from: number, end: number): number {
  const found = code.indexOf(token, from)
  return found === -1 || found >= end ? end : found + token.length - 1
}

/** Index of the closing quote. Template substitutions are skipped with the template: their nesting is balanced. */
function skipString(code: string, open: number, end: number): number {
  const quote = code[open]
  for (let index = open + 1; index < end; index++) {
    const char = code[index]
    if (char === '\\') index++
    else if (char === quote) return index
    else if (quote === '`' && char === '$' && code[index + 1] === '{') index = skipSubstitution(code, index + 2, end)
  }
  return end
}

function skipSubstitution(code: string, from: number, end: number): number {
  let depth = 1
  for (let index = from; index < end; index++) {
    const char = code[index]
    if (char === '"' || char === "'" || char === '`') index = skipString(code, index, end)
    else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return index
  }
  return end
}
