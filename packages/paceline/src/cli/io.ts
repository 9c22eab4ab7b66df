/** All that a command sees of the world around it besides files. Tests give it a fake. */
export interface Io {
  readonly cwd: string
  /** Whether the result goes to a terminal that shows colours. */
  readonly color: boolean
  /** Width of the terminal, when it is one. */
  readonly columns: number | undefined
  /** Takes the result, and nothing else: what is printed here is piped into files and other programs. */
  out(text: string): void
  /** Takes progress, hints and errors. */
  err(text: string): void
  /** Shows a file to the user. */
  open(file: string): Promise<void>
  /** Asks a question that has yes for an answer, or no. Absent where there is no terminal to ask on. */
  confirm?(question: string): Promise<boolean>
}
