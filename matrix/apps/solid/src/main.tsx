import { A, Route, Router } from '@solidjs/router'
import { Suspense, lazy, type ParentProps } from 'solid-js'
import { render } from 'solid-js/web'
import './style.css'

const Home = lazy(() => import('./pages/home'))
const About = lazy(() => import('./pages/about'))

function Layout(props: ParentProps) {
  return (
    <>
      <nav>
        <A href="/">Home</A> <A href="/about">About</A>
      </nav>
      <Suspense>{props.children}</Suspense>
    </>
  )
}

render(
  () => (
    <Router root={Layout}>
      <Route path="/" component={Home} />
      <Route path="/about" component={About} />
    </Router>
  ),
  document.getElementById('root')!,
)
