export function show(root: HTMLElement): void {
  root.innerHTML = '<h1>Home</h1>'
}
