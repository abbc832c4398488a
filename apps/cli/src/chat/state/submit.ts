import type { Message } from '@maru/client';
import {
  displayName,
  formatMarkup,
  type RoomId,
  roomDescription,
  roomName,
  type Seq,
  statusLine,
} from '@maru/protocol';
import { readDuration } from '../../when/duration.ts';
import { EMPTY, withText } from '../composer/composer.ts';
import { inOneLine } from '../text/in-one-line.ts';
import { shownInline } from '../text/shown-text.ts';
import { helpText } from '../texts/help-text.ts';
import { ACCOUNT_COMMANDS } from './account-commands.ts';
import { askReport } from './ask-report.ts';
import { isReadOnly, makeChannel, mayAddHere } from './channel-commands.ts';
import { linkDevice } from './device-command.ts';
import type { Effect } from './effect.ts';
import { findRoom } from './find-room.ts';
import { forward } from './forward.ts';
import { ask, chosen, type Given, inGroup, inRoom, withHandles } from './given.ts';
import { goTo, goToMention, goToUnread } from './go-to.ts';
import { makeGroup, setHistory, setRights, setRole, setSlowMode } from './group-commands.ts';
import { jumpToQuoted } from './jump.ts';
import { answerJoin, join, makeLink, revokeLink } from './link-commands.ts';
import { OWN_COMMANDS } from './own-commands.ts';
import { myLink } from './personal-link.ts';
import { pinOrUnpin, showPins } from './pins.ts';
import { quoteOf } from './quote-of.ts';
import { react, showReactions } from './react.ts';
import { readWritten } from './read-written.ts';
import { RELATING } from './relating.ts';
import { later, scheduled } from './scheduling.ts';
import { search } from './search.ts';
import { mayGive, type SlashCommand, type SlashName } from './slash-command.ts';
import { usageOf } from './slash-commands.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import { showVersions } from './versions.ts';
import { entitiesOf, nameOf, outText, roomTitle, textOf, type World, wholeLength } from './world.ts';

/** Enter: what was written is sent, or done. */
export function submit(ui: Ui, world: World): Step {
  const { text } = ui.composer;
  if (text.trim() === '') return ui.room === undefined ? goToUnread(ui, world, true) : step(ui);
  const written = ui.purpose.kind === 'message' ? readWritten(text) : { kind: 'message' as const, text };
  if (written.kind === 'unknown') return warn(ui, world.texts.unknownCommand(written.name));
  // What was completed ends with a space.
  if (written.kind === 'message') return say(ui, written.text.trimEnd(), world);
  const done = runSlash(ui, written.command, written.rest, world);
  // What was refused stays to be mended.
  if (done.ui.notice?.tone === 'warning' && done.effects.length === 0) return done;
  return { ...done, ui: done.ui.composer === ui.composer ? cleared(done.ui) : done.ui };
}

/** The composer as it was before the command was written. */
function cleared(ui: Ui): Ui {
  const { composer = EMPTY, purpose = { kind: 'message' } } = ui.stashed ?? {};
  return { ...ui, composer, purpose, stashed: undefined, completion: undefined };
}

function say(ui: Ui, text: string, world: World): Step {
  const { room, purpose } = ui;
  if (ui.going) return warn(ui, world.texts.going);
  if (room === undefined) return warn(ui, world.texts.noRoomOpen);
  const written: Ui = { ...cleared(ui), selected: undefined, search: undefined };
  if (purpose.kind === 'edit') return step(written, { kind: 'edit', room, seq: purpose.seq, text });
  const out = world.room && outText(world.room, world);
  if (out !== undefined) return warn(ui, out);
  if (isReadOnly(world.room)) return warn(ui, world.texts.readOnly);
  if (world.room?.relation?.state === 'blocked')
    return warn(ui, inOneLine(world.texts.blockedBanner(roomTitle(world, world.room))));
  const sent: Ui = { ...written, position: 'end', divider: undefined, notice: undefined };
  const replyTo = purpose.kind === 'reply' ? { replyTo: purpose.seq } : {};
  const effect: Effect = { kind: 'send', room, text, ...replyTo };
  return world.room?.atEnd === false ? step(sent, { kind: 'end', room }, effect) : step(sent, effect);
}

/** Carries out a command that was written with a slash. */
function runSlash(ui: Ui, command: SlashCommand, rest: string, world: World): Step {
  const usage = warn(ui, world.texts.usage(usageOf(command, world.language)));
  // Who is added by a link of theirs is asked to be a contact, and not brought in here.
  if (command.name === 'add' && /:\/\/|#user=/.test(rest.split(/\s/, 1)[0] ?? ''))
    return COMMANDS.request({ ui, world, rest, usage });
  if (!mayGive(command, world.room))
    return warn(ui, world.texts.notAllowed(world.room?.roomKind === 'channel'));
  return COMMANDS[command.name]({ ui, world, rest, usage });
}

const COMMANDS: Readonly<Record<SlashName, (given: Given) => Step>> = {
  ...ACCOUNT_COMMANDS,
  ...OWN_COMMANDS,
  dm: ({ ui, world, rest, usage }) => {
    const [, to, text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
    if (to === undefined) return usage;
    return withHandles(ui, [to], world, ([handle = '']) =>
      step({ ...ui, going: true }, { kind: 'direct', handle, text }),
    );
  },
  group: makeGroup,
  channel: makeChannel,
  channels: ({ ui, rest }) => step(ui, { kind: 'channels', words: rest }),
  'link-device': linkDevice,
  go: ({ ui, world, rest, usage }) => {
    if (rest === '') return usage;
    const found = findRoom(rest, world, [...world.rooms, ...world.former]);
    return found === undefined
      ? warn(ui, world.texts.noRoomLike(shownInline(rest)))
      : goTo(cleared(ui), found.room, world);
  },
  unread: ({ ui, world }) => goToUnread(cleared(ui), world),
  mention: ({ ui, world }) => goToMention(cleared(ui), world),
  search: ({ ui, world, rest, usage }) => (rest === '' ? usage : search(ui, rest, world)),
  members: (given) => inRoom(given, (room) => step(given.ui, { kind: 'members', room: room.room })),
  add: (given) => {
    const people = given.rest.split(/\s+/).filter((word) => word !== '');
    if (people.length === 0) return given.usage;
    if (!mayAddHere(given)) return warn(given.ui, given.world.texts.nobodyIsAdded);
    return inGroup(given, (room) =>
      withHandles(given.ui, people, given.world, (handles) => step(given.ui, { kind: 'add', room, handles })),
    );
  },
  remove: (given) => {
    if (given.rest === '') return given.usage;
    return inGroup(given, (room, title) =>
      withHandles(given.ui, [given.rest], given.world, ([handle = '']) =>
        ask(given.ui, given.world.texts.askRemove(`@${handle}`, title), { kind: 'remove', room, handle }),
      ),
    );
  },
  rename: (given) => {
    const name = roomName.safeParse(given.rest);
    if (!name.success) return given.usage;
    return inGroup(given, (room) => step(given.ui, { kind: 'rename', room, name: name.data }));
  },
  describe: (given) => {
    const description = roomDescription.safeParse(given.rest);
    if (!description.success) return given.usage;
    return inGroup(given, (room) =>
      step(given.ui, { kind: 'describe', room, description: description.data }),
    );
  },
  timer: (given) => {
    const seconds = readDuration(given.rest);
    if (seconds === undefined) return given.usage;
    return inRoom(given, ({ room }) => step(given.ui, { kind: 'set-timer', room, seconds }));
  },
  role: (given) => inGroup(given, (room) => setRole(given, room)),
  rights: (given) => inGroup(given, (room) => setRights(given, room)),
  link: (given) => inGroup(given, (room) => makeLink(given, room)),
  links: (given) => inGroup(given, (room) => step(given.ui, { kind: 'links', room })),
  unlink: (given) => inGroup(given, (room) => revokeLink(given, room)),
  join,
  mylink: myLink,
  admit: (given) => inGroup(given, (room) => answerJoin(given, room, true)),
  decline: (given) => inGroup(given, (room) => answerJoin(given, room, false)),
  slow: (given) => inGroup(given, (room) => setSlowMode(given, room)),
  history: (given) => inGroup(given, (room) => setHistory(given, room)),
  later: (given) => later(given.ui, given.rest, given.world) ?? given.usage,
  scheduled: (given) => scheduled(given.ui, given.rest, given.world) ?? given.usage,
  leave: (given) =>
    inGroup(given, (room, title) =>
      ask(given.ui, given.world.texts.askLeave(title), { kind: 'leave', room }),
    ),
  name: ({ ui, rest, usage }) => {
    const name = displayName.safeParse(rest);
    return name.success ? step(ui, { kind: 'profile', change: { name: name.data } }) : usage;
  },
  status: ({ ui, rest, usage }) => {
    const status = statusLine.safeParse(rest);
    return status.success ? step(ui, { kind: 'profile', change: { status: status.data } }) : usage;
  },
  whois: ({ ui, world, rest, usage }) =>
    rest === ''
      ? usage
      : withHandles(ui, [rest], world, ([handle = '']) => step(ui, { kind: 'whois', handle })),
  report: (given) => inRoom(given, (room) => askReport(given.ui, room, given.rest, given.world)),
  forget: (given) =>
    inGroup(given, (room, title) =>
      given.world.room?.membership === 'member'
        ? warn(given.ui, given.world.texts.leaveFirst)
        : ask(given.ui, given.world.texts.askForget(title), { kind: 'forget', room }),
    ),
  whole: ({ ui, world }) => {
    const long = world.room?.messages.findLast(
      (message) =>
        (wholeLength(message) !== undefined || hasSpoiler(message) || message.folded) && !message.deleted,
    );
    const message = chosen(ui, world) ?? long;
    return message === undefined ? warn(ui, world.texts.nothingLong) : readWhole(ui, message, world);
  },
  edit: ({ ui, world, rest }) => {
    const message = chosenOrLastOwn(ui, world);
    return message === undefined ? warn(ui, world.texts.nothingOwn) : edit(ui, message, world, rest);
  },
  delete: ({ ui, world }) => {
    const message = chosenOrLastOwn(ui, world);
    return message === undefined ? warn(ui, world.texts.nothingOwn) : askDelete(ui, message, world);
  },
  reply: ({ ui, world, rest, usage }) => {
    const { room } = world;
    const message =
      chosen(ui, world) ??
      room?.messages.findLast(({ kind, sender }) => kind === 'message' && sender !== world.me);
    if (rest === '' || message?.seq === undefined || room === undefined) return usage;
    return step(
      { ...ui, position: 'end', selected: undefined },
      { kind: 'send', room: room.room, text: rest, replyTo: message.seq, keepsDraft: true },
    );
  },
  forward,
  jump: jumpToQuoted,
  pin: pinOrUnpin,
  pins: showPins,
  versions: showVersions,
  react,
  reactions: showReactions,
  ...RELATING,
  read: (given) =>
    inRoom(given, (room) => step({ ...given.ui, divider: undefined }, { kind: 'read', room: room.room })),
  mark: (given) => inRoom(given, (room) => step(given.ui, { kind: 'mark', room: room.room })),
  mouse: ({ ui, world: { texts } }) => {
    const on = !ui.mouse;
    const notice = { tone: 'good' as const, text: on ? texts.mouseOn : texts.mouseOff };
    return step({ ...ui, mouse: on, notice }, { kind: 'mouse', on });
  },
  help: ({ ui, world: { language, texts } }) =>
    step({ ...ui, panel: { kind: 'help', title: texts.helpTitle, text: helpText(language), scroll: 0 } }),
  quit: ({ ui }) => step(ui, { kind: 'quit' }),
};

function chosenOrLastOwn(ui: Ui, world: World): Message | undefined {
  const lastOwn = () =>
    world.room?.messages.findLast(
      ({ kind, sender, deleted, expired, seq }) =>
        kind === 'message' && sender === world.me && !deleted && !expired && seq !== undefined,
    );
  return chosen(ui, world) ?? lastOwn();
}

/** Begins to change a message, or changes it to `text` at once. */
export function edit(ui: Ui, message: Message, world: World, text = ''): Step {
  return withOwn(ui, message, world, (room, seq) => {
    if (text !== '') return step({ ...ui, selected: undefined }, { kind: 'edit', room, seq, text });
    // What came as a preview is fetched first: saving it would cut the message off.
    if (wholeLength(message) !== undefined) return step(ui, { kind: 'edit-whole', room, seq });
    return step(editing(ui, seq, writtenOf(message, world)));
  });
}

/** What somebody would write so that it becomes this message. */
export function writtenOf(message: Pick<Message, 'content'>, { markup }: Pick<World, 'markup'>): string {
  const text = textOf(message) ?? '';
  return markup ? formatMarkup(text, entitiesOf(message)) : text;
}

function hasSpoiler(message: Message): boolean {
  return entitiesOf(message).some(({ type }) => type === 'spoiler');
}

/** A message's text is in the composer, to be changed. */
export function editing(ui: Ui, seq: Seq, text: string): Ui {
  const composer = withText(text);
  return { ...ui, composer, purpose: { kind: 'edit', seq }, selected: undefined, completion: undefined };
}

export function askDelete(ui: Ui, message: Message, world: World): Step {
  return withOwn(ui, message, world, (room, seq) => {
    return ask(ui, world.texts.askDelete(quoteOf(message)), { kind: 'delete', room, seq });
  });
}

/** Changes a message of one's own that the server has, or says why that can't be. */
function withOwn(
  ui: Ui,
  { sender, seq, deleted, expired }: Message,
  { me, texts }: World,
  act: (room: RoomId, seq: Seq) => Step,
): Step {
  if (sender !== me || deleted || expired) return warn(ui, texts.notOwn);
  return seq === undefined || ui.room === undefined ? warn(ui, texts.notYetSent) : act(ui.room, seq);
}

/** Shows all of a message in a panel; what came as a preview is fetched. */
export function readWhole(ui: Ui, message: Message, { texts, person }: World): Step {
  const { seq, sender } = message;
  if (wholeLength(message) !== undefined && seq !== undefined && ui.room !== undefined) {
    return step(ui, { kind: 'whole', room: ui.room, seq });
  }
  const text = textOf(message);
  if (text === undefined) return step(ui);
  const title = texts.wholeText(nameOf({ texts, person }, sender));
  return step({ ...ui, panel: { kind: 'text', title, text, scroll: 0 } });
}
