import { expect, test } from 'bun:test';
import { type GreetingFacts, greeting, urlOf } from './greeting.ts';

const all = (facts: Partial<GreetingFacts>) =>
  greeting({
    url: 'http://127.0.0.1:8787',
    publicUrl: undefined,
    signUp: 'open',
    administratorInvite: undefined,
    dataFolder: '/data',
    webApp: false,
    ...facts,
  });
const second = (facts: Partial<GreetingFacts>) => all(facts)[1];

test('says how to send a first message to the people of this machine', () => {
  expect(second({})).toBe(
    'First message: npm run -s maru -- sign-up YOU, then … sign-up FRIEND --profile friend, then … send @FRIEND "Hello!"',
  );
});

test('names a server that is not where it is looked for', () => {
  expect(second({ url: 'http://127.0.0.1:9000' })).toContain(
    'sign-up YOU --server http://127.0.0.1:9000, then … sign-up FRIEND --server http://127.0.0.1:9000 --profile',
  );
});

test('gives the link that makes the administrator while there is none', () => {
  const link =
    'sign-up YOU --invite http://127.0.0.1:8787/#invite=abcd (once: it makes you the administrator)';
  expect(second({ administratorInvite: 'abcd' })).toContain(link);
  expect(second({ administratorInvite: 'abcd', signUp: 'closed' })).toContain(link);
  expect(second({ administratorInvite: 'abcd', url: 'http://[::1]:9000' })).toContain(
    'sign-up YOU --invite http://[::1]:9000/#invite=abcd ',
  );
});

test('leads to the web app where there is one', () => {
  expect(second({ webApp: true })).toStartWith(
    'First message: open http://127.0.0.1:8787 in a browser, or: npm run -s maru -- sign-up YOU, then',
  );
  expect(second({ webApp: true, administratorInvite: 'abcd' })).toStartWith(
    'First message: open http://127.0.0.1:8787/#invite=abcd in a browser, or: npm run -s maru -- sign-up YOU --invite ',
  );
});

test('[TLS4] names the public URL where there is one, in the link, too', () => {
  const facts = { publicUrl: new URL('https://example.org/chat/'), administratorInvite: 'abcd' };
  expect(all(facts)[0]).toBe(
    'Maru is at https://example.org/chat, listening on http://127.0.0.1:8787 (its API: https://example.org/chat/docs).',
  );
  expect(second(facts)).toContain('sign-up YOU --invite https://example.org/chat/#invite=abcd ');
  expect(second({ publicUrl: new URL('https://chat.example.org') })).toContain(
    'sign-up YOU --server https://chat.example.org, then',
  );
});

test('where people need an invite, the administrator makes it', () => {
  expect(second({ signUp: 'invite' })).toBe(
    'First message: npm run -s maru -- log-in YOU, then … invite (a code for a friend), then … send @FRIEND "Hello!"',
  );
  expect(second({ signUp: 'closed' })).toContain('maru -- log-in YOU, then … send');
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:1'],
  ['0.0.0.0', 'http://127.0.0.1:1'],
  ['::', 'http://[::1]:1'],
  ['::1', 'http://[::1]:1'],
  ['192.0.2.1', 'http://192.0.2.1:1'],
])('a server on %s is reached from here at %s', (host, url) => {
  expect(urlOf({ host, tls: false }, 1)).toBe(url);
  expect(urlOf({ host, tls: true }, 1)).toBe(url.replace('http:', 'https:'));
});
