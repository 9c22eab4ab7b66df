export function greeting(name: string): string {
  return `Hello from a linked package, ${name}`
}
