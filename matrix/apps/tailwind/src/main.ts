import './style.css'

function show(): void {
  const title = location.hash === '#about' ? 'About' : 'Home'
  document.getElementById('root')!.innerHTML = `<h1 class="text-3xl font-bold text-purple-700">${title}</h1>`
}

window.addEventListener('hashchange', show)
show()
