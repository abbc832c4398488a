import type { ContactSummary, DeadLetter } from '@maru/client';
import type { RelationAct, UserId } from '@maru/protocol';
import { shownInline } from '../text/shown-text.ts';
import { errorText } from '../texts/error-texts.ts';
import { blockReportOf, readBlock } from './block-report.ts';
import type { Effect } from './effect.ts';
import { ask, chosen, type Given, withHandles } from './given.ts';
import { isCutLink, personalCodeIn, withWholeLink } from './personal-link.ts';
import type { SlashName } from './slash-command.ts';
import { type Step, step, warn } from './step.ts';
import { nameOf, roomTitle, textOf, type World } from './world.ts';

const ALL = /^(all|모두)$/iu;

/** What two people are to each other, and what was refused. */
export const RELATING = {
  contacts: ({ ui, world }) =>
    step({
      ...ui,
      panel: { kind: 'members', title: world.texts.contactsTitle, text: contactsText(world), scroll: 0 },
    }),
  request: ({ ui, world, rest, usage }) => {
    const [, to, note = ''] = /^(\S+)\s*([\s\S]*)$/.exec(withWholeLink(rest)) ?? [];
    if (to === undefined) return usage;
    if (isCutLink(to)) return warn(ui, world.texts.myLinkIncomplete);
    const code = personalCodeIn(to);
    if (code !== undefined)
      return step(ui, { kind: 'relate', act: 'request', code, ...(note !== '' && { note }) });
    return withHandles(ui, [to], world, ([handle = '']) =>
      step(ui, { kind: 'relate', act: 'request', handle, ...(note !== '' && { note }) }),
    );
  },
  accept: (given) => answer(given, 'accept'),
  refuse: (given) => answer(given, 'refuse'),
  block: (given) => {
    const { ui, world } = given;
    const { whom, report: written } = readBlock(given.rest);
    return withPerson({ ...given, rest: whom }, (person, name) => {
      const block = { kind: 'relate', act: 'block', ...person } as const;
      if (written === undefined) return ask(ui, world.texts.askBlock(name), block);
      const told = blockReportOf(ui, world, 'user' in person ? person.user : undefined, written);
      if (told === undefined) return warn(ui, world.texts.noteTooLong);
      const { report, quote } = told;
      return ask(ui, world.texts.askBlockReport(name, quote), { ...block, report });
    });
  },
  unblock: (given) =>
    withPerson(given, (person) => step(given.ui, { kind: 'relate', act: 'unblock', ...person })),
  'remove-contact': (given) =>
    withPerson(given, (person) => {
      const asked = given.world.contacts.outgoing.some(
        ({ user, handle }) =>
          ('user' in person && user === person.user) || ('handle' in person && handle === person.handle),
      );
      return step(given.ui, { kind: 'relate', act: asked ? 'cancel' : 'remove', ...person });
    }),
  failed: ({ ui, world }) => {
    const { deadLetters, texts } = world;
    if (deadLetters.length === 0) return warn(ui, texts.nothingRefused);
    const text = deadLetters.map((letter) => letterText(letter, world)).join('\n');
    return step({ ...ui, panel: { kind: 'members', title: texts.failedTitle, text, scroll: 0 } });
  },
  retry: (given) => withFailed(given, 'resend'),
  discard: (given) => withFailed(given, 'discard'),
} as const satisfies Readonly<Partial<Record<SlashName, (given: Given) => Step>>>;

type Person = { readonly user: UserId } | { readonly handle: string };

/** In a room of nobody who asks there is nothing to answer. */
function answer(given: Given, act: 'accept' | 'refuse'): Step {
  const { ui, world, rest } = given;
  const state = world.room?.relation?.state;
  if (rest === '' && state !== 'stranger' && state !== 'requested-by-them')
    return warn(ui, world.texts.nobodyAsks);
  return withPerson(given, (person) => step(ui, { kind: 'relate', act, ...person }));
}

/** Who is named, who wrote the chosen message, or the other of the open room. */
function withPerson({ ui, world, rest }: Given, act: (person: Person, name: string) => Step): Step {
  if (rest !== '') return withHandles(ui, [rest], world, ([handle = '']) => act({ handle }, `@${handle}`));
  const { room, me } = world;
  const sender = chosen(ui, world)?.sender;
  const user = sender === undefined || sender === me ? room?.peer : sender;
  return user === undefined ? warn(ui, world.texts.whom) : act({ user }, nameOf(world, user));
}

function withFailed({ ui, world, rest }: Given, kind: 'resend' | 'discard'): Step {
  const { room, deadLetters, texts } = world;
  const failed = deadLetters.filter((letter) => ALL.test(rest) || letter.room === room?.room);
  if (failed.length === 0) return warn(ui, texts.nothingFailed);
  const effects = failed.map(({ room: of, clientMessageId: id }): Effect => ({ kind, room: of, id }));
  return step(ui, ...effects);
}

function contactsText(world: World): string {
  const { contacts, texts } = world;
  const parts = [
    [texts.contactsTitle, contacts.contacts],
    [texts.incomingTitle, contacts.incoming],
    [texts.outgoingTitle, contacts.outgoing],
    [texts.blockedTitle, contacts.blocked],
  ] as const;
  const told = parts.flatMap(([title, people]) =>
    people.length === 0 ? [] : [[title, ...people.map((each) => `  ${contactLine(each, world)}`)].join('\n')],
  );
  return told.length === 0 ? texts.noContacts : told.join('\n\n');
}

function contactLine({ user, note, pending }: ContactSummary, world: World): string {
  const handle = world.person(user)?.handle;
  const said = textOf({ content: note });
  return [
    nameOf(world, user),
    ...(handle === undefined ? [] : [` @${handle}`]),
    ...(said === undefined ? [] : [`  “${shownInline(said)}”`]),
    ...(pending ? [`  (${world.texts.onItsWay})`] : []),
  ].join('');
}

function letterText({ room, command, error }: DeadLetter, world: World): string {
  const summary = world.snapshot(room);
  const where = summary === undefined ? world.texts.somebody : roomTitle(world, summary);
  const said = command.kind === 'send' ? textOf({ content: command.content }) : undefined;
  const what = said === undefined ? `/${nameOfCommand(command)}` : shownInline(said);
  return `${where}: ${what}: ${errorText(error, world.language)}`;
}

const WORDS: Readonly<Partial<Record<RelationAct, SlashName>>> = {
  cancel: 'remove-contact',
  remove: 'remove-contact',
};

/** A command as it would be written here. */
function nameOfCommand(command: DeadLetter['command']): string {
  if (command.kind === 'relate') return WORDS[command.act] ?? command.act;
  return command.kind === 'create' && 'relate' in command ? (command.relate?.act ?? 'dm') : command.kind;
}
