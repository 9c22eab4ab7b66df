import { expect, test } from 'vitest'
import { GithubError, headOf, upsertComment } from './github.ts'
import { fakeGithub } from './testing/fake-github.ts'

const MARKER = '<!-- paceline: app -->'

test('writes one comment, and replaces it from then on', async () => {
  await using github = await fakeGithub({ comments: ['A reader says hello'] })
  expect(await upsertComment(github.repository, 7, `${MARKER}\nfirst`)).toBe('https://comment/2')
  expect(await upsertComment(github.repository, 7, `${MARKER}\nsecond`)).toBe('https://comment/2')
  expect(github.comments).toEqual(['A reader says hello', `${MARKER}\nsecond`])
})

test('finds its comment behind a hundred others, and after somebody has edited it in the browser', async () => {
  const others = Array.from({ length: 130 }, (_, index) => `comment ${index}`)
  await using github = await fakeGithub({ comments: [...others, `${MARKER}\r\nold`] })
  await upsertComment(github.repository, 7, `${MARKER}\nnew`)
  expect(github.comments).toHaveLength(131)
  expect(github.comments.at(-1)).toBe(`${MARKER}\nnew`)
})

test('leaves the comment of another app of the same repository alone', async () => {
  await using github = await fakeGithub({ comments: ['<!-- paceline: admin -->\nadmin'] })
  await upsertComment(github.repository, 7, `${MARKER}\napp`)
  expect(github.comments).toEqual(['<!-- paceline: admin -->\nadmin', `${MARKER}\napp`])
})

test('says what GitHub said, and whether it is a refusal', async () => {
  await using github = await fakeGithub({ refuses: true })
  const error = await upsertComment(github.repository, 7, MARKER).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(GithubError)
  expect(error).toMatchObject({ status: 403, isRefusal: true })
  expect((error as Error).message).toBe(
    'GitHub answered 403 to POST issues/7/comments: {"message":"Resource not accessible by integration"}',
  )
  expect(await headOf(github.repository, 7)).toBe('abc')
})
