import { expect, test } from 'bun:test';
import { hostBeside } from './link-text.ts';

const EVIL = 'https://evil.example/';

test.each([
  ['its address', EVIL, EVIL],
  ['a part of it', 'www.evil.example', 'https://www.evil.example/login?next=1'],
  ['capital letters', 'HTTPS://EVIL.EXAMPLE/', EVIL],
  ['Hangul', 'https://예시.한국/길', 'https://xn--vv4b11d.xn--3e0b707e/%EA%B8%B8'],
  ['Arabic', 'https://عربي.example/', 'https://xn--ngbrx4e.example/'],
])('beside the text of a link that shows %s nothing stands', (_what, text, url) => {
  expect(hostBeside(text, url)).toBeUndefined();
});

test.each([
  ['words', 'your bank', EVIL, 'evil.example'],
  ['the address of another', 'https://bank.example/', EVIL, 'evil.example'],
  ['its host in the address of another', 'https://bank.example/?evil.example', EVIL, 'evil.example'],
  ['the addresses of both', 'https://bank.example/ https://evil.example/', EVIL, 'evil.example'],
  ['a turned text', '\u202ehttps://evil.example/', EVIL, 'evil.example'],
  [
    'letters that look like others',
    'https://b\u0430nk.example/',
    'https://xn--bnk-6cd.example/',
    'xn--bnk-6cd.example',
  ],
])('beside the text of a link that shows %s stands the host', (_what, text, url, host) => {
  expect(hostBeside(text, url)).toBe(host);
});
