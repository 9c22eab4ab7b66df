import { request as plainRequest, type IncomingHttpHeaders } from 'node:http'

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Got {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** `Link` values of 103 answers before. */
  readonly hints: readonly string[]
}

/** Asks for a path exactly as it is written: nothing is normalised, decoded or followed. */
export function ask(base: string, path: string, { method = 'GET', headers = {} }: Asked = {}): Promise<Got> {
  const { hostname, port } = new URL(base)
  return new Promise((done, failed) => {
    const hints: string[] = []
    const request = plainRequest(
      { hostname, port, path, method, headers: { connection: 'close', ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', failed)
        response.on('end', () => {
          done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks), hints })
        })
      },
    )
    request.on('information', (info) => hints.push(String(info.headers['link'])))
    request.on('error', failed)
    request.end()
  })
}
