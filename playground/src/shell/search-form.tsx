import { Input } from '@fluentui/react-components'
import { SearchRegular } from '@fluentui/react-icons/svg/search'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import styles from './search-form.module.css'

export function SearchForm() {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() === '') return
    void navigate(`/search?q=${encodeURIComponent(text.trim())}`)
    setText('')
  }
  return (
    <form role="search" className={styles.form} onSubmit={submit}>
      <Input
        type="search"
        name="q"
        value={text}
        placeholder="Search the studio"
        aria-label="Search the studio"
        contentBefore={<SearchRegular />}
        className={styles.input}
        onChange={(_event, { value }) => setText(value)}
      />
    </form>
  )
}
