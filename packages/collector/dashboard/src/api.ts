const API = '/__paceline/api/'
const TOKEN = 'paceline-token'

/** The collector wants a token, or did not take the one it got. */
export class TokenNeeded extends Error {}

export function setToken(token: string): void {
  sessionStorage.setItem(TOKEN, token)
}

function headers(): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN)
  return token ? { authorization: `Bearer ${token}` } : {}
}

export async function ask<Answer>(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const url = `${API}${path}?${new URLSearchParams(query)}`
  const response = await fetch(url, { headers: headers() })
  if (response.status === 401 || response.status === 429) throw new TokenNeeded()
  const answer = (await response.json()) as Answer & { readonly error?: string }
  if (!response.ok) throw new Error(answer.error ?? `The collector answered ${response.status}.`)
  return answer
}

/** Server-sent events by `fetch`: an EventSource cannot send a token. Ends when the signal aborts or the connection does. */
export async function listen(signal: AbortSignal, take: (event: unknown) => void): Promise<void> {
  const response = await fetch(`${API}live`, { headers: headers(), signal })
  if (!response.ok || !response.body) return
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) if (event.startsWith('data: ')) take(JSON.parse(event.slice(6)))
  }
}
