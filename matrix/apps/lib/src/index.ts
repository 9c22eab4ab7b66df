import './style.css'

/** Greetings, enough of them for a file that an app would have compressed. */
const greetings: Record<string, string> = {
  en: 'Hello, how good it is to see you here again',
  de: 'Hallo, wie schön, dass du wieder hier bist',
  fr: 'Bonjour, quel plaisir de vous revoir ici',
  es: 'Hola, qué bueno verte aquí de nuevo',
  it: 'Ciao, che bello rivederti qui',
  pt: 'Olá, que bom ver você aqui de novo',
  nl: 'Hallo, wat fijn je hier weer te zien',
  sv: 'Hej, vad roligt att se dig här igen',
  da: 'Hej, hvor dejligt at se dig her igen',
  nb: 'Hei, så hyggelig å se deg her igjen',
  fi: 'Hei, mukava nähdä sinut täällä taas',
  pl: 'Cześć, jak dobrze znów cię tu widzieć',
  cs: 'Ahoj, rád tě tu zase vidím',
  sk: 'Ahoj, rád ťa tu opäť vidím',
  hu: 'Szia, de jó újra itt látni',
  ro: 'Bună, ce bine că te revăd aici',
  hr: 'Bok, lijepo te je opet vidjeti ovdje',
  sl: 'Živjo, lepo te je spet videti tukaj',
  et: 'Tere, tore sind jälle siin näha',
  lv: 'Sveiki, prieks tevi atkal šeit redzēt',
  lt: 'Labas, malonu vėl tave čia matyti',
  ga: 'Dia duit, is deas tú a fheiceáil anseo arís',
  is: 'Halló, gaman að sjá þig hér aftur',
  cy: 'Helo, mae’n braf dy weld di yma eto',
}

/** Says hello. */
export function greet(name: string, language = 'en'): string {
  return `${greetings[language] ?? greetings.en}, ${name}`
}
