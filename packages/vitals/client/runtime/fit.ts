/** `MAX_NAME` of the contract in @paceline/kit, which is not for browsers. */
export const LONGEST_TEXT = 80

/** Text as the collector takes it: without control characters and halves of letters, and short. */
export const cut = (text: string): string => text.replace(/[^ -~\xa0-\u2027\u202a-\ud7ff]/g, '').slice(0, LONGEST_TEXT)
