import { expect, test } from 'vitest'
import { itemBoundaries } from './statements.ts'

const items = (code: string): string[] => {
  const cuts = [0, ...itemBoundaries(code, 0, code.length).filter((cut) => cut < code.length), code.length]
  return cuts.slice(1).map((cut, index) => code.slice(cuts[index], cut))
}

test.each([
  ['statements and declarators', 'var a=1,b={c:[2,3]};f(4,5);g()', ['var a=1,', 'b={c:[2,3]};', 'f(4,5);', 'g()']],
  [
    'functions without separators',
    'function a(){b;c}function d(){}class E{}',
    ['function a(){b;c}', 'function d(){}', 'class E{}'],
  ],
  [
    'strings, templates and comments',
    'a(";,{");b(`;${c(",")};`);/* ; */d',
    ['a(";,{");', 'b(`;${c(",")};`);', '/* ; */d'],
  ],
  ['a stretch that begins inside an expression', '1+2)})();var x=1;y', ['1+2)})();', 'var x=1;', 'y']],
  [
    'a stretch that opens a wrapper',
    'System.register([],(function(u){return{execute:(function(){const a=1;b(2);c',
    ['System.register([],(function(u){return{execute:(function(){const a=1;', 'b(2);', 'c'],
  ],
  ['a block that goes on', 'try{a}catch{b}do{c}while(d);e', ['try{a}catch{b}', 'do{c}while(d);', 'e']],
])('itemBoundaries finds %s', (_title, code, expected) => {
  expect(items(code)).toEqual(expected)
})
