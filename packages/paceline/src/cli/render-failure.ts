import { errorCodes } from '@paceline/kit'
import type { Format } from './choose-format.ts'

/**
 * What stdout gets when nothing could be told: programs that read it must not take silence for success. People read
 * the message on stderr.
 */
export function renderFailure(error: unknown, format: Format): string {
  const { code, message } = describeError(error)
  switch (format) {
    case 'text':
      return ''
    case 'json':
      return `${JSON.stringify({ schemaVersion: 1, verdict: 'unknown', error: { code, message } }, null, 2)}\n`
    case 'markdown':
      return `### ❔ Paceline could not tell\n\n\`${code}\`\n\n${indented(message)}\n`
    case 'github': {
      const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
      return `::error title=Paceline could not tell (${code})::${escaped}\n`
    }
    case 'sarif': {
      const notification = { level: 'error', message: { text: message }, descriptor: { id: code } }
      const invocations = [{ executionSuccessful: false, toolExecutionNotifications: [notification] }]
      const run = { tool: { driver: { name: 'Paceline' } }, invocations, results: [] }
      const $schema = 'https://json.schemastore.org/sarif-2.1.0.json'
      return `${JSON.stringify({ $schema, version: '2.1.0', runs: [run] }, null, 2)}\n`
    }
  }
}

export function describeError(error: unknown): { readonly code: string; readonly message: string } {
  const code = errorCodes(error).find((name) => name.startsWith('PACELINE_')) ?? 'PACELINE_UNEXPECTED'
  const message = error instanceof Error ? error.message : String(error)
  // What nobody foresaw is worth its stack.
  return {
    code,
    message: code === 'PACELINE_UNEXPECTED' && error instanceof Error ? (error.stack ?? message) : message,
  }
}

/** A block of code that nothing inside can close. */
function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}
