// The browser asks for a font once it lays out text in it. Asked for here, it travels while the app renders for the first time. Without it
// the fallback stays, which is no error.
document.fonts.load("1em 'Figtree Variable'").catch(() => undefined)
