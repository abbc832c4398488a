/** Every setting of `maru serve`: its flag, its environment variable, its default, and what it takes. */
import { limits } from '@maru/protocol';
import { AddressRanges } from '../roles/edge/address-ranges.ts';

/** Reads a setting's text; a string says what was expected instead. */
type Reader<T> = (text: string) => { readonly value: T } | string;

export interface Setting<T> {
  /** What stands for the value in the help text; absent for a switch. */
  readonly takes?: string;
  /** Given several times, it is all of them with commas between. */
  readonly repeatable?: true;
  readonly read: Reader<T>;
  readonly help: string;
}

/** A setting that always has a value. */
export interface DefaultedSetting<T> extends Setting<T> {
  /** As it would be given. */
  readonly byDefault: string;
}

function optional<T>(setting: Setting<T>): Setting<T> {
  return setting;
}

function defaulted<T>(byDefault: string, setting: Setting<T>): DefaultedSetting<T> {
  return { ...setting, byDefault };
}

function integer(min: number, max: number): Reader<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? { value } : `a whole number from ${min} to ${max}`;
  };
}

function rate(max: number): Reader<number> {
  return (text) => {
    const value = /^\d{1,13}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
    return value > 0 && value <= max ? { value } : `a number above 0, at most ${max}`;
  };
}

function oneOf<T extends string>(...options: readonly T[]): Reader<T> {
  return (text) => {
    const value = options.find((option) => option === text);
    return value === undefined ? `one of ${options.join(', ')}` : { value };
  };
}

const anyText: Reader<string> = (text) => (text === '' ? 'some text' : { value: text });

const onOff: Reader<boolean> = (text) => {
  if (['true', '1', 'yes', 'on'].includes(text)) return { value: true };
  return ['false', '0', 'no', 'off', ''].includes(text) ? { value: false } : 'true or false';
};

const webUrl: Reader<URL> = (text) => {
  const value = URL.canParse(text) ? new URL(text) : undefined;
  const good =
    value !== undefined && /^https?:$/.test(value.protocol) && value.search === '' && value.hash === '';
  return good ? { value } : 'a URL like https://chat.example.org';
};

const webOrigins: Reader<ReadonlySet<string>> = (text) => {
  const given = text.split(',').map((origin) => origin.trim());
  const good = given.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin);
  return good ? { value: new Set(given) } : 'origins like https://chat.example.org, with commas between them';
};

const addressRanges: Reader<AddressRanges> = (text) => {
  const value = AddressRanges.of(text.split(',').map((range) => range.trim()));
  return value === undefined
    ? 'addresses or ranges like 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32, with commas between them'
    : { value };
};

export const settings = {
  host: defaulted('127.0.0.1', {
    takes: 'ADDRESS',
    read: anyText,
    help: 'Address to listen on.',
  }),
  port: defaulted('8787', {
    takes: 'PORT',
    read: integer(0, 65_535),
    help: 'Port to listen on; 0 takes a free one.',
  }),
  data: optional({ takes: 'DIR', read: anyText, help: 'Data folder; made if it is missing.' }),
  web: optional({
    takes: 'DIR|off',
    read: anyText,
    help: 'Folder of the built web app, or off; by default apps/web/dist of the checkout.',
  }),
  'tls-cert': optional({
    takes: 'FILE',
    read: anyText,
    help: 'Certificate chain (PEM): serves https and wss. Read again when it changes.',
  }),
  'tls-key': optional({ takes: 'FILE', read: anyText, help: "The certificate's key (PEM)." }),
  insecure: defaulted('false', {
    read: onOff,
    help: 'Listen without TLS on an address that others can reach.',
  }),
  'public-url': optional({
    takes: 'URL',
    read: webUrl,
    help: 'Where people reach this server: in links, for gateways, and the one name it answers to.',
  }),
  'trusted-proxy': optional({
    takes: 'CIDR,…',
    repeatable: true,
    read: addressRanges,
    help: 'Addresses of proxies whose X-Forwarded-For, -Proto and -Host are believed; may be repeated.',
  }),
  'allowed-origins': optional({
    takes: 'ORIGIN,…',
    repeatable: true,
    read: webOrigins,
    help: "Other origins whose pages may use the server's cookie.",
  }),
  'sign-up': optional({
    takes: 'POLICY',
    read: oneOf('open', 'invite', 'closed'),
    help: 'Who may sign up: open, invite or closed.',
  }),
  'group-members-max': defaulted(String(limits.GROUP_MEMBERS_DEFAULT), {
    takes: 'COUNT',
    read: integer(2, limits.GROUP_MEMBERS_MAX),
    help: 'Members of a group, at most.',
  }),
  'channel-members-max': defaulted(String(limits.CHANNEL_MEMBERS_MAX), {
    takes: 'COUNT',
    read: integer(1, limits.CHANNEL_MEMBERS_MAX),
    help: 'Members of a channel, at most.',
  }),
  'message-chars-max': defaulted(String(limits.MESSAGE_CHARS_MAX), {
    takes: 'COUNT',
    read: integer(1, limits.MESSAGE_CHARS_MAX),
    help: 'Characters of a message, at most.',
  }),
  'rate-commands': defaulted('50', {
    takes: 'PER-SECOND',
    read: rate(1e9),
    help: 'Frames or requests of one device.',
  }),
  'rate-bytes': defaulted('2000000', {
    takes: 'PER-SECOND',
    read: rate(1e12),
    help: 'Bytes of frames of one device.',
  }),
  'rate-log-ins': defaulted('1', {
    takes: 'PER-SECOND',
    read: rate(1e9),
    help: 'Log-ins, sign-ups and recoveries from one address; 60 at once.',
  }),
  'sockets-per-address-max': defaulted('500', {
    takes: 'COUNT',
    read: integer(1, 1_000_000),
    help: 'Open sockets of one address, at most.',
  }),
  'metrics-port': optional({
    takes: 'PORT',
    read: integer(0, 65_535),
    help: 'Port for Prometheus metrics; off unless given.',
  }),
  'metrics-host': defaulted('127.0.0.1', {
    takes: 'ADDRESS',
    read: anyText,
    help: 'Address on which the metrics are: anybody who reaches it reads them.',
  }),
  'log-level': defaulted('info', {
    takes: 'LEVEL',
    read: oneOf('debug', 'info', 'warn', 'error', 'silent'),
    help: 'Least level of what is logged, as JSON on standard error.',
  }),
} as const;

export type SettingName = keyof typeof settings;

/** `MARU_GROUP_MEMBERS_MAX` for `--group-members-max`. */
export function variableOf(name: string): string {
  return `MARU_${name.toUpperCase().replaceAll('-', '_')}`;
}
