/** Headers of a request by lower case name: those of `node:http`, or of a fetch request taken apart. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>

/** The value of a header. Of one that was sent several times and may not be, the first: as Node does with most. */
export function headerOf(headers: RequestHeaders, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
