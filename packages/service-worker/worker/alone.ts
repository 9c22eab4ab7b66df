/** Does something while nobody else does anything of that name, in whatever worker; where the browser has no locks, at once. */
export function alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  return 'locks' in navigator ? (navigator.locks.request(name, work) as Promise<Result>) : work()
}
