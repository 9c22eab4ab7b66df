export function App({ path }: { path: string }) {
  return (
    <>
      <nav>
        <a href="/">Home</a> <a href="/about">About</a>
      </nav>
      <h1>{path === '/about' ? 'About' : 'Home'}</h1>
    </>
  )
}
