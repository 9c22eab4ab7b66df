/** Loads the overlay where the address asks for it, from beside this script. */
export function loadOverlay(file: string): void {
  if (!/[?&]paceline\b/.test(location.search)) return
  const script = document.createElement('script')
  script.type = 'module'
  script.src = import.meta.url.replace(/[^/]*$/, file)
  document.head.append(script)
}
