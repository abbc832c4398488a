/** Slash commands about the account: what others may do, and the picture that they see. */
import type { AccountSettings, Circle } from '@maru/protocol';
import { type Given, meantBy } from './given.ts';
import { type Step, step } from './step.ts';

const YES_OR_NO: Readonly<Record<string, boolean>> = { yes: true, no: false, 예: true, 아니요: false };

const CIRCLES: Readonly<Record<string, Circle>> = {
  everyone: 'everyone',
  'contacts-of-contacts': 'contacts-of-contacts',
  contacts: 'contacts',
  모두: 'everyone',
  친구의친구: 'contacts-of-contacts',
  친구: 'contacts',
};

type Change = Partial<AccountSettings>;

const yesOrNo = (word: string, change: (on: boolean) => Change): Change | undefined => {
  const on = meantBy(word, YES_OR_NO);
  return on === undefined ? undefined : change(on);
};

const ofCircle = (word: string, change: (who: Circle) => Change): Change | undefined => {
  const who = meantBy(word, CIRCLES);
  return who === undefined ? undefined : change(who);
};

const findable = (word: string) => yesOrNo(word, (on) => ({ findable: on }));
const whoMayWrite = (word: string) => ofCircle(word, (who) => ({ whoMayWrite: who }));
const whoMayAdd = (word: string) => ofCircle(word, (who) => ({ whoMayAdd: who }));
const hidePresence = (word: string) => yesOrNo(word, (on) => ({ hidePresence: on }));

/** Named as in `maru settings`. */
const SETTINGS: Readonly<Record<string, (word: string) => Change | undefined>> = {
  findable,
  'who-may-write': whoMayWrite,
  'who-may-add': whoMayAdd,
  'hide-presence': hidePresence,
  검색: findable,
  쓰기: whoMayWrite,
  초대: whoMayAdd,
  숨김: hidePresence,
};

const OFF: Readonly<Record<string, true>> = { off: true, 끔: true };

export const ACCOUNT_COMMANDS = {
  /** `/settings` shows them, `/settings who-may-write contacts` changes one. */
  settings: ({ ui, rest, usage }: Given): Step => {
    if (rest === '') return step(ui, { kind: 'settings' });
    const [name = '', value = '', ...more] = rest.split(/\s+/);
    const change = meantBy(name, SETTINGS)?.(value);
    return change === undefined || more.length > 0 ? usage : step(ui, { kind: 'settings', change });
  },
  /** `/avatar ~/me.jpg`, `/avatar off`. */
  avatar: ({ ui, rest, usage }: Given): Step => {
    if (rest === '') return usage;
    if (meantBy(rest, OFF)) return step(ui, { kind: 'avatar' });
    return step(ui, { kind: 'avatar', file: pathIn(rest) });
  },
} as const;

/** A path as it is typed, or as a terminal puts in a file that is dropped on it: quoted, or with backslashes. */
function pathIn(written: string): string {
  const [, , quoted] = /^(['"])(.+)\1$/.exec(written) ?? [];
  return quoted ?? written.replace(/\\(.)/g, '$1');
}
