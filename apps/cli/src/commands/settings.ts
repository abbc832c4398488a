import { type AccountSettings, circle } from '@maru/protocol';
import { type Command, type Flags, type Option, UsageError } from '../command.ts';
import { profileOption } from '../profile/profile.ts';
import { printableJson } from '../terminal/printable.ts';
import { table } from '../terminal/table.ts';
import { asSignedIn } from './as-signed-in.ts';

const CIRCLES = circle.options.join('|');
const yesOrNo = (help: string): Option => ({ takes: 'yes|no', help });

/** `maru settings` */
export const settings: Command = {
  about: [
    'Shows the settings of your account that concern others, or changes some. contacts-of-contacts are your contacts and',
    'theirs. Who has written with you before may go on writing, and everybody may ask to be your contact.',
  ].join('\n'),
  options: {
    findable: yesOrNo('Whether strangers find you by your handle.'),
    'who-may-write': { takes: CIRCLES, help: 'Who may write to you first.' },
    'who-may-add': { takes: CIRCLES, help: 'Who may bring you into a group.' },
    'hide-presence': yesOrNo('Whether you are offline to everybody.'),
    profile: profileOption,
    json: { help: 'Print JSON in one line.' },
  },
  examples: [
    { line: 'maru settings', does: 'What holds now.' },
    { line: 'maru settings --who-may-write contacts --findable no', does: 'Changes two.' },
  ],
  exitCodes: {
    0: 'The settings are on standard output, as they are now.',
    1: 'The server refused: this device was signed out.',
    2: 'A wrong option, or nobody is signed in here.',
    3: "The server can't be reached.",
  },
  async run(flags) {
    const change = changeOf(flags);
    return asSignedIn(flags, async (api) => {
      const changes = Object.keys(change).length > 0;
      const me = await (changes ? api.updateMe({ body: change }) : api.getMe());
      if (flags.json === true) console.log(printableJson(me.settings));
      else for (const line of linesOf(me.settings)) console.log(line);
      return 0;
    });
  },
};

/** @throws {UsageError} */
function changeOf(flags: Flags): Partial<AccountSettings> {
  const findable = yesIn(flags, 'findable');
  const hidePresence = yesIn(flags, 'hide-presence');
  const whoMayWrite = circleIn(flags, 'who-may-write');
  const whoMayAdd = circleIn(flags, 'who-may-add');
  return {
    ...(findable !== undefined && { findable }),
    ...(hidePresence !== undefined && { hidePresence }),
    ...(whoMayWrite !== undefined && { whoMayWrite }),
    ...(whoMayAdd !== undefined && { whoMayAdd }),
  };
}

function yesIn(flags: Flags, name: string): boolean | undefined {
  const given = flags[name];
  if (given === undefined) return undefined;
  if (given === 'yes' || given === 'no') return given === 'yes';
  throw new UsageError(`--${name} ${given}: expected yes or no.`);
}

function circleIn(flags: Flags, name: string) {
  const given = flags[name];
  if (given === undefined) return undefined;
  const known = circle.safeParse(given);
  if (known.success) return known.data;
  throw new UsageError(`--${name} ${given}: expected ${circle.options.join(', ')}.`);
}

function linesOf({ findable, whoMayWrite, whoMayAdd, hidePresence }: AccountSettings): string[] {
  return table([
    ['findable', findable ? 'yes' : 'no'],
    ['who-may-write', whoMayWrite],
    ['who-may-add', whoMayAdd],
    ['hide-presence', hidePresence ? 'yes' : 'no'],
  ]);
}
