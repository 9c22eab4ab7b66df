import { render } from 'preact'
import { LocationProvider, Route, Router, lazy } from 'preact-iso'
import './style.css'

const Home = lazy(() => import('./pages/home'))
const About = lazy(() => import('./pages/about'))

render(
  <LocationProvider>
    <nav>
      <a href="/">Home</a> <a href="/about">About</a>
    </nav>
    <Router>
      <Route path="/" component={Home} />
      <Route path="/about" component={About} />
    </Router>
  </LocationProvider>,
  document.getElementById('root')!,
)
