/** What libvips says, in a form that fits a sentence: one line, without the name of the function it says it in. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const line = message.split('\n').find((text) => text.trim() !== '') ?? 'no reason'
  const reason = line.replace(/^(?:Input buffer has corrupt header: |Input buffer contains )/, '').trim()
  return `"${reason}"`
}
