/** Bytes of answers. */
export interface Bytes {
  /** Of their contents, as they were sent. */
  readonly body: number
  /** Of all that came for them, headers included. */
  readonly wire: number
}

export function sumOf(bytes: readonly Bytes[]): Bytes {
  return {
    body: bytes.reduce((sum, { body }) => sum + body, 0),
    wire: bytes.reduce((sum, { wire }) => sum + wire, 0),
  }
}
