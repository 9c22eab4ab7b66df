/** Threads of libuv's pool, which does all asynchronous work on files, and that of zlib and sharp. */
export function poolThreads(size: string | undefined = process.env.UV_THREADPOOL_SIZE): number {
  const threads = Number(size)
  return Number.isInteger(threads) && threads > 0 ? threads : 4
}
