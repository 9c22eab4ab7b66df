import { request } from 'node:http'

/** What a server sends for a file, as it goes over the wire. */
export interface Answer {
  readonly status: number
  readonly type: string
  readonly encoding: string | undefined
  /** Bytes of the content as it was sent. */
  readonly bytes: number
}

/** Asks for a file without decoding what comes. */
export function ask(origin: string, file: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const path = file.split('/').map(encodeURIComponent).join('/')
  return new Promise((resolve, reject) => {
    request(`${origin}/${path}`, { headers }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.byteLength))
      response.on('error', reject)
      response.on('end', () => {
        const { 'content-type': type = '', 'content-encoding': encoding } = response.headers
        resolve({ status: response.statusCode ?? 0, type, encoding, bytes })
      })
    })
      .on('error', reject)
      .end()
  })
}
