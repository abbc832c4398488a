import { beforeEach, describe, expect, test } from 'bun:test';
import { errorBody, routes } from '@maru/protocol';
import { ARRIVAL, type ComposedServer, composedServer } from '../../main/testing/composed-server.ts';
import type { Arrival } from '../edge/arrival.ts';

const OWN = { origin: 'http://127.0.0.1:8787' };
const FOREIGN = { origin: 'https://evil.example' };
const ACCOUNT = { handle: 'ada', name: 'Ada', password: 'correct horse' };
const DEVICE = { name: 'browser', credential: 'cookie' } as const;
let server: ComposedServer;

beforeEach(() => {
  server = composedServer();
});

async function cookieOf(headers: Record<string, string> = OWN) {
  const response = await server.client.respond('signUp', { body: { ...ACCOUNT, device: DEVICE }, headers });
  return { set: response.headers.get('set-cookie') ?? '', body: await response.text() };
}

describe('a browser', () => {
  test('gets its token as a cookie out of reach of scripts, and nowhere else', async () => {
    const { set, body } = await cookieOf();
    const [pair = '', ...attributes] = set.split(', ')[0]?.split('; ') ?? [];
    expect(pair).toMatch(/^maru_token=maru_[\w-]{43}$/);
    expect(attributes).toEqual(['Path=/', 'HttpOnly', 'SameSite=Lax', 'Max-Age=34560000']);
    expect(body).not.toContain(pair.slice('maru_token='.length));
    const me = await server.client.call('getMe', { headers: { cookie: pair } });
    expect(me.handle).toBe('ada');
  });

  test('that reaches the server by TLS gets one that goes by TLS alone', async () => {
    server = composedServer({ config: { publicUrl: new URL('https://chat.example.org') } });
    const { set, body } = await cookieOf();
    expect(set).toEndWith('; Secure');
    expect(JSON.parse(body).gateway.url).toBe('wss://chat.example.org/v1/connect');
  });

  test('loses it by logging out', async () => {
    const cookie = (await cookieOf()).set.split(';')[0] ?? '';
    const response = await server.client.respond('logOut', { headers: { cookie, ...OWN } });
    expect(response.headers.get('set-cookie')).toStartWith(
      'maru_token=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
    );
    expect(await server.client.refused('getMe', { headers: { cookie } })).toBe('unauthorized');
  });
});

describe('[PRIV13] beside its token a browser gets the sign for scripts that it has one', () => {
  const signed = async (credential: 'cookie' | 'bearer' = 'cookie') => {
    const body = { ...ACCOUNT, device: { ...DEVICE, credential } };
    const response = await server.client.respond('signUp', { body, headers: OWN });
    return response.headers.getSetCookie();
  };

  test('as long as the token, and with nothing of it', async () => {
    const [token, sign] = await signed();
    expect(token).toEndWith('; Max-Age=34560000');
    expect(sign).toBe('maru_signed_in=1; Path=/; SameSite=Lax; Max-Age=34560000');
  });

  test('by TLS alone, and for this host alone, where the token is so', async () => {
    server = composedServer({ config: { publicUrl: new URL('https://chat.example.org') } });
    const [, sign] = await signed();
    expect(sign).toBe('__Host-maru_signed_in=1; Path=/; SameSite=Lax; Max-Age=34560000; Secure');
  });

  test('not where the token is told', async () => {
    expect(await signed('bearer')).toEqual([]);
  });

  test('until it logs out, or its account ends', async () => {
    const [token = ''] = await signed();
    const headers = { cookie: token.split(';')[0] ?? '', ...OWN };
    const { password } = ACCOUNT;
    const logIn = await server.client.respond('logIn', {
      body: { handle: 'ada', password, device: DEVICE },
      headers,
    });
    const [again = ''] = logIn.headers.getSetCookie();
    const left = await server.client.respond('logOut', { headers });
    const ended = await server.client.respond('deleteMe', {
      body: { password },
      headers: { cookie: again.split(';')[0] ?? '', ...OWN },
    });
    for (const { headers: given } of [left, ended])
      expect(given.getSetCookie()[1]).toBe('maru_signed_in=; Path=/; SameSite=Lax; Max-Age=0');
  });
});

describe('[PRIV10] a request by cookie', () => {
  test('that changes nothing may come without an origin', async () => {
    const cookie = (await cookieOf()).set.split(';')[0] ?? '';
    expect(await server.client.outcome('getMe', { headers: { cookie } })).toBe('done');
  });

  test.each([
    ['its own page', OWN, 'done'],
    ['another page', FOREIGN, 'origin-refused'],
    ['no page that it names', {}, 'origin-refused'],
    ['a sandboxed page', { origin: 'null' }, 'origin-refused'],
  ])('that changes something and comes from %s: %s %s', async (_where, headers, outcome) => {
    const cookie = (await cookieOf()).set.split(';')[0] ?? '';
    const options = { body: { name: 'Ada' }, headers: { cookie, ...headers } };
    expect(await server.client.outcome('updateMe', options)).toBe(outcome as 'done');
  });

  // A route that is added is asked, too. Those for anyone do nothing by a cookie, but may set one: see below.
  const changing = Object.values(routes).filter(
    ({ method, access }) => method !== 'GET' && access !== 'anyone',
  );
  test.each(changing.map(({ method, path }) => [method, path] as const))(
    'is refused before it is looked at where it comes from another page, or from none: %s %s',
    async (method, path) => {
      const cookie = (await cookieOf()).set.split(';')[0] ?? '';
      const ask = async (origin: Record<string, string>) => {
        const headers = { host: '127.0.0.1:8787', 'content-type': 'application/json', cookie, ...origin };
        const url = `http://127.0.0.1:8787${path.replaceAll(/\{\w+\}/g, 'any')}`;
        const body = method === 'DELETE' ? undefined : '{}';
        const request = new Request(url, { method, headers, ...(body !== undefined && { body }) });
        const response = await server.api.fetch(request, ARRIVAL);
        return response.ok ? 'done' : errorBody.parse(await response.json()).code;
      };
      for (const origin of [FOREIGN, {}, { origin: 'null' }])
        expect(await ask(origin)).toBe('origin-refused');
      expect(await ask(OWN)).not.toBe('origin-refused');
    },
  );

  test('of an origin that the operator named is taken', async () => {
    server = composedServer({ config: { allowedOrigins: new Set(['https://app.example']) } });
    const cookie = (await cookieOf({ origin: 'https://app.example' })).set.split(';')[0] ?? '';
    const headers = { cookie, origin: 'https://app.example' };
    expect(await server.client.outcome('updateMe', { body: { name: 'Ada' }, headers })).toBe('done');
  });

  test('with a Bearer token beside it counts by the token, from any page', async () => {
    const cookie = (await cookieOf()).set.split(';')[0] ?? '';
    const eve = await server.person('eve');
    const headers = { cookie, ...FOREIGN };
    const me = await server.client.call('updateMe', { body: { name: 'Eve' }, headers, token: eve.token });
    expect(me.handle).toBe('eve');
    expect(await server.client.refused('getMe', { headers, token: 'maru_wrong' })).toBe('unauthorized');
  });

  test('[PRIV12] beside another that a sibling name has put in does not act for its owner', async () => {
    const cookie = (await cookieOf()).set.split(';')[0] ?? '';
    const eve = await server.person('eve');
    const tossed = `maru_token=${eve.token}`;
    for (const both of [`${tossed}; ${cookie}`, `${cookie}; ${tossed}`]) {
      const headers = { cookie: both, ...OWN };
      const error = await server.client.refusal('updateMe', { body: { name: 'Eve' }, headers });
      expect(error).toMatchObject({ code: 'bad-request', field: 'cookie' });
      const { handle } = await server.client.call('getMe', { headers, token: eve.token });
      expect(handle).toBe('eve');
    }
  });

  test('[PRIV12] that came by https has the name that browsers keep for this host alone', async () => {
    server = composedServer({ config: { publicUrl: new URL('https://chat.example.org') } });
    const { set } = await cookieOf();
    expect(set).toMatch(/^__Host-maru_token=maru_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; .*; Secure$/);
    const secure: Arrival = { ...ARRIVAL, secure: true };
    const eve = await server.person('eve');
    const whoIs = async (cookie: string) => {
      const headers = { host: secure.host, cookie };
      const request = new Request('https://127.0.0.1:8787/v1/me', { headers });
      return (await server.api.fetch(request, secure)).json();
    };
    const own = set.split(';')[0] ?? '';
    expect(await whoIs(`maru_token=${eve.token}; ${own}`)).toMatchObject({ handle: 'ada' });
    expect(await whoIs(`maru_token=${eve.token}`)).toMatchObject({ code: 'unauthorized' });
  });

  test('no other page can make a browser ask for a cookie', async () => {
    const body = { ...ACCOUNT, device: DEVICE };
    expect(await server.client.refused('signUp', { body, headers: FOREIGN })).toBe('origin-refused');
    expect(await server.client.refused('signUp', { body })).toBe('origin-refused');
    expect(await server.client.refused('logIn', { body, headers: FOREIGN })).toBe('origin-refused');
  });
});
