import { greeting } from '@matrix/greeting'

export default function Home() {
  return (
    <>
      <h1>Home</h1>
      <p>{greeting('monorepo')}</p>
    </>
  )
}
