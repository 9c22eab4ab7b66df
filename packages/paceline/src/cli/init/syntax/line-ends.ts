/** Edits a text that may have Windows line ends, which it has again afterwards. */
export function withUnixLines(text: string, edit: (text: string) => string): string {
  if (!text.includes('\r\n')) return edit(text)
  return edit(text.replaceAll('\r\n', '\n')).replaceAll('\n', '\r\n')
}
