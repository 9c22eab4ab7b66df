import './style.css'

export function show(title: string): void {
  document.getElementById('root')!.innerHTML = `<h1>${title}</h1>`
}
