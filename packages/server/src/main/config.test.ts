import { describe, expect, test } from 'bun:test';
import { ConfigError, type GivenFlags, readConfig } from './config.ts';
import { settings, variableOf } from './settings.ts';

const HOME = { HOME: '/home/ada' };

function wrong(flags: GivenFlags, environment: Record<string, string> = {}): string {
  try {
    readConfig(flags, { ...HOME, ...environment });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing was wrong');
}

test('nothing given: this machine alone, open to all who are on it', () => {
  expect(readConfig({}, HOME)).toEqual({
    host: '127.0.0.1',
    port: 8787,
    dataFolder: '/home/ada/.local/share/maru',
    web: undefined,
    tls: undefined,
    publicUrl: undefined,
    trustedProxies: undefined,
    allowedOrigins: new Set(),
    signUp: 'open',
    groupMembersMax: 500,
    channelMembersMax: 100_000,
    messageCharsMax: 100_000,
    commandsPerSecond: 50,
    bytesPerSecond: 2_000_000,
    logInsPerSecond: 1,
    socketsPerAddressMax: 500,
    metricsPort: undefined,
    metricsHost: '127.0.0.1',
    logLevel: 'info',
  });
});

test('a flag goes before the environment, and that before the default', () => {
  expect(readConfig({}, { ...HOME, MARU_PORT: '9000' }).port).toBe(9000);
  expect(readConfig({ port: '9001' }, { ...HOME, MARU_PORT: '9000' }).port).toBe(9001);
  expect(variableOf('group-members-max')).toBe('MARU_GROUP_MEMBERS_MAX');
});

test('every default can be given', () => {
  for (const [name, setting] of Object.entries(settings)) {
    if ('byDefault' in setting)
      expect([name, typeof setting.read(setting.byDefault)]).toEqual([name, 'object']);
  }
});

describe('who may sign up', () => {
  test.each([
    [{}, 'open'],
    [{ host: '::1' }, 'open'],
    [{ host: 'localhost' }, 'open'],
    [{ host: '0.0.0.0', insecure: true }, 'invite'],
    [{ 'public-url': 'https://chat.example.org', 'trusted-proxy': '127.0.0.1' }, 'invite'],
    [{ 'public-url': 'http://localhost:8787' }, 'invite'],
    [{ 'trusted-proxy': '127.0.0.1' }, 'invite'],
    [{ 'tls-cert': 'a', 'tls-key': 'b' }, 'open'],
    [{ host: '0.0.0.0', 'tls-cert': 'a', 'tls-key': 'b' }, 'invite'],
    [{ host: '0.0.0.0', insecure: true, 'sign-up': 'open' }, 'open'],
    [{ 'sign-up': 'closed' }, 'closed'],
  ] as const)('%j: %s', (flags, policy) => {
    expect(readConfig(flags, HOME).signUp).toBe(policy);
  });
});

describe('an address that others can reach', () => {
  test.each(['0.0.0.0', '::', '192.0.2.7', 'chat.example.org', '128.0.0.1'])(
    '[TLS1] %s is refused',
    (host) => {
      const line = wrong({ host });
      for (const part of [
        'in the clear',
        'cookies',
        '--tls-cert',
        '--trusted-proxy',
        '--insecure',
        'docs/operations/tls.md',
      ])
        expect(line).toContain(part);
      expect(line).not.toContain('\n');
    },
  );

  test.each([
    ['with TLS', { 'tls-cert': 'cert.pem', 'tls-key': 'key.pem' }],
    ['behind a proxy', { 'trusted-proxy': '10.0.0.0/8' }],
  ])('[TLS1] is taken %s', (_what, flags) => {
    expect(readConfig({ host: '0.0.0.0', ...flags }, HOME).host).toBe('0.0.0.0');
  });

  test('is taken with --insecure', () => {
    expect(readConfig({ host: '0.0.0.0', insecure: true }, HOME).host).toBe('0.0.0.0');
    expect(readConfig({ host: '0.0.0.0' }, { ...HOME, MARU_INSECURE: 'true' }).host).toBe('0.0.0.0');
  });
});

describe('at a limit, and one beyond', () => {
  test.each([
    ['group-members-max', '2', '1'],
    ['group-members-max', '1000', '1001'],
    ['message-chars-max', '1', '0'],
    ['message-chars-max', '100000', '100001'],
    ['port', '65535', '65536'],
  ] as const)('%s %s, and %s', (name, good, bad) => {
    expect(() => readConfig({ [name]: good }, HOME)).not.toThrow();
    expect(wrong({ [name]: bad })).toStartWith(`--${name} ${bad}: expected a whole number from `);
  });

  test.each([
    ['rate-commands', '1000000000', '1000000001'],
    ['rate-bytes', '1000000000000', '1000000000001'],
  ] as const)('%s %s, and %s', (name, good, bad) => {
    expect(() => readConfig({ [name]: good }, HOME)).not.toThrow();
    expect(wrong({ [name]: bad })).toBe(`--${name} ${bad}: expected a number above 0, at most ${good}.`);
  });
});

test.each([
  [{ port: 'http' }, {}, '--port http: expected a whole number from 0 to 65535.'],
  [{ port: '1e3' }, {}, '--port 1e3: expected a whole number from 0 to 65535.'],
  [{}, { MARU_PORT: '' }, 'MARU_PORT=: expected a whole number from 0 to 65535.'],
  [{ 'sign-up': 'all' }, {}, '--sign-up all: expected one of open, invite, closed.'],
  [{}, { MARU_INSECURE: 'maybe' }, 'MARU_INSECURE=maybe: expected true or false.'],
  [{ 'rate-commands': '0' }, {}, '--rate-commands 0: expected a number above 0, at most 1000000000.'],
  [{ 'public-url': 'chat' }, {}, '--public-url chat: expected a URL like https://chat.example.org.'],
  [
    { 'allowed-origins': 'https://a.example/x' },
    {},
    '--allowed-origins https://a.example/x: expected origins',
  ],
  [{ data: '' }, {}, '--data : expected some text.'],
  [{ 'trusted-proxy': '10.0.0.0/33' }, {}, '--trusted-proxy 10.0.0.0/33: expected addresses or ranges'],
  [{}, { MARU_TRUSTED_PROXY: 'nginx' }, 'MARU_TRUSTED_PROXY=nginx: expected addresses or ranges'],
  [{ 'tls-cert': 'a' }, {}, '--tls-cert is nothing without --tls-key: give both.'],
  [{ 'tls-key': 'a' }, {}, '--tls-key is nothing without --tls-cert: give both.'],
  [
    { 'public-url': 'https://chat.example.org' },
    {},
    '--public-url https://chat.example.org is not 127.0.0.1, so a proxy stands between them: name its address',
  ],
])('%j %j says what was expected', (flags, environment, line) => {
  expect(wrong(flags, environment)).toStartWith(line);
});

test('an origin of its own comes with the public URL', () => {
  const flags = {
    'trusted-proxy': '::1',
    'public-url': 'https://chat.example.org/maru',
    'allowed-origins': 'https://app.example',
  };
  expect(readConfig(flags, HOME).allowedOrigins).toEqual(
    new Set(['https://app.example', 'https://chat.example.org']),
  );
});

test('proxies are named by addresses and ranges of both kinds', () => {
  const { trustedProxies } = readConfig({ 'trusted-proxy': '127.0.0.1, 10.0.0.0/8,2001:db8::/32' }, HOME);
  const addresses = ['127.0.0.1', '10.9.9.9', '2001:db8::1', '::1'];
  expect(addresses.map((address) => trustedProxies?.has(address))).toEqual([true, true, true, false]);
});
