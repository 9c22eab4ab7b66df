/** Shows a line about what the command is doing. Progress goes to stderr; stdout is for what was asked for. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Shows a line of the result. */
export function answer(line: string): void {
  process.stdout.write(`${line}\n`)
}
