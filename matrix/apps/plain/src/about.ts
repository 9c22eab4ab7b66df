export function show(root: HTMLElement): void {
  root.innerHTML = '<h1>About</h1>'
}
