import type { Message } from '@maru/client';
import { handle as handleSchema, type RoomId, roomDescription, roomName, type Seq } from '@maru/protocol';
import { EMPTY, withText } from '../composer/composer.ts';
import { shownInline } from '../text/shown-text.ts';
import { helpText } from '../texts/help-text.ts';
import { fold } from './completion.ts';
import type { Effect } from './effect.ts';
import { goTo, goToUnread } from './go-to.ts';
import { search } from './search.ts';
import { readWritten, type SlashCommand, type SlashName, usageOf } from './slash-commands.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import { isIn, nameOf, roomTitle, textOf, type World, wholeLength } from './world.ts';

const QUOTE_CHARS = 30;

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
  if (world.room !== undefined && !isIn(world.room)) return warn(ui, world.texts.notMember);
  const sent: Ui = { ...written, position: 'end', divider: undefined, notice: undefined };
  const replyTo = purpose.kind === 'reply' ? { replyTo: purpose.seq } : {};
  const effect: Effect = { kind: 'send', room, text, ...replyTo };
  return world.room?.atEnd === false ? step(sent, { kind: 'end', room }, effect) : step(sent, effect);
}

/** Where a command acts, with what was written behind it. */
interface Given {
  readonly ui: Ui;
  readonly world: World;
  readonly rest: string;
  readonly usage: Step;
}

/** Carries out a command that was written with a slash. */
function runSlash(ui: Ui, command: SlashCommand, rest: string, world: World): Step {
  const usage = warn(ui, world.texts.usage(usageOf(command, world.language)));
  return COMMANDS[command.name]({ ui, world, rest, usage });
}

const COMMANDS: Readonly<Record<SlashName, (given: Given) => Step>> = {
  dm: ({ ui, world, rest, usage }) => {
    const [, to, text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
    if (to === undefined) return usage;
    return withHandles(ui, [to], world, ([handle = '']) =>
      step({ ...ui, going: true }, { kind: 'direct', handle, text }),
    );
  },
  group: ({ ui, world, rest, usage }) => {
    const words = rest.split(/\s+/);
    const people = words.filter((word) => /^[@＠]/.test(word));
    const name = roomName.safeParse(words.filter((word) => !people.includes(word)).join(' '));
    if (!name.success) return usage;
    return withHandles(ui, people, world, (handles) =>
      step({ ...ui, going: true }, { kind: 'group', name: name.data, handles }),
    );
  },
  go: ({ ui, world, rest, usage }) => {
    if (rest === '') return usage;
    const wanted = fold(rest);
    const titled = world.rooms.map((room) => ({ room, title: fold(roomTitle(world, room)) }));
    const found =
      titled.find(({ title }) => title === wanted) ?? titled.find(({ title }) => title.includes(wanted));
    return found === undefined
      ? warn(ui, world.texts.noRoomLike(shownInline(rest)))
      : goTo(cleared(ui), found.room.room, world);
  },
  unread: ({ ui, world }) => goToUnread(cleared(ui), world),
  search: ({ ui, world, rest, usage }) => (rest === '' ? usage : search(ui, rest, world)),
  members: (given) => inRoom(given, (room) => step(given.ui, { kind: 'members', room: room.room })),
  add: (given) => {
    const people = given.rest.split(/\s+/).filter((word) => word !== '');
    if (people.length === 0) return given.usage;
    return inGroup(given, (room) =>
      withHandles(given.ui, people, given.world, (handles) => step(given.ui, { kind: 'add', room, handles })),
    );
  },
  remove: (given) => {
    if (given.rest === '') return given.usage;
    return inGroup(given, (room) =>
      withHandles(given.ui, [given.rest], given.world, ([handle = '']) =>
        step(given.ui, { kind: 'remove', room, handle }),
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
  leave: (given) =>
    inGroup(given, (room, title) =>
      ask(given.ui, given.world.texts.askLeave(title), { kind: 'leave', room }),
    ),
  whole: ({ ui, world }) => {
    const long = world.room?.messages.findLast(
      (message) => wholeLength(message) !== undefined && !message.deleted,
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
      { kind: 'send', room: room.room, text: rest, replyTo: message.seq },
    );
  },
  retry: (given) => withFailed(given, 'resend'),
  discard: (given) => withFailed(given, 'discard'),
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

function inRoom({ ui, world }: Given, act: (room: NonNullable<World['room']>) => Step): Step {
  return world.room === undefined ? warn(ui, world.texts.noRoomOpen) : act(world.room);
}

function inGroup(given: Given, act: (room: NonNullable<World['room']>['room'], title: string) => Step): Step {
  return inRoom(given, (room) =>
    room.roomKind === 'group'
      ? act(room.room, roomTitle(given.world, room))
      : warn(given.ui, given.world.texts.groupsOnly),
  );
}

function withHandles(
  ui: Ui,
  given: readonly string[],
  { texts }: World,
  act: (handles: readonly string[]) => Step,
): Step {
  const handles = given.map((word) => handleSchema.safeParse(word.replace(/^[@＠]/, '').toLowerCase()));
  const wrong = handles.findIndex(({ success }) => !success);
  if (wrong !== -1) return warn(ui, texts.badHandle(shownInline(given[wrong] ?? '')));
  return act(handles.flatMap(({ data }) => data ?? []));
}

function withFailed({ ui, world }: Given, kind: 'resend' | 'discard'): Step {
  const { room } = world;
  const failed = room?.messages.filter(({ state }) => state === 'failed') ?? [];
  if (room === undefined || failed.length === 0) return warn(ui, world.texts.nothingFailed);
  const effects = failed.flatMap(({ clientMessageId: id }): Effect[] =>
    id === undefined ? [] : [{ kind, room: room.room, id }],
  );
  return step(ui, ...effects);
}

export function chosen({ selected }: Ui, { room }: World): Message | undefined {
  return selected === undefined ? undefined : room?.messages.find(({ key }) => key === selected);
}

function chosenOrLastOwn(ui: Ui, world: World): Message | undefined {
  const lastOwn = () =>
    world.room?.messages.findLast(
      ({ kind, sender, deleted, seq }) =>
        kind === 'message' && sender === world.me && !deleted && seq !== undefined,
    );
  return chosen(ui, world) ?? lastOwn();
}

/** Begins to change a message, or changes it to `text` at once. */
export function edit(ui: Ui, message: Message, world: World, text = ''): Step {
  return withOwn(ui, message, world, (room, seq) => {
    if (text !== '') return step({ ...ui, selected: undefined }, { kind: 'edit', room, seq, text });
    // What came as a preview is fetched first: saving it would cut the message off.
    if (wholeLength(message) !== undefined) return step(ui, { kind: 'edit-whole', room, seq });
    return step(editing(ui, seq, textOf(message) ?? ''));
  });
}

/** A message's text is in the composer, to be changed. */
export function editing(ui: Ui, seq: Seq, text: string): Ui {
  const composer = withText(text);
  return { ...ui, composer, purpose: { kind: 'edit', seq }, selected: undefined, completion: undefined };
}

export function askDelete(ui: Ui, message: Message, world: World): Step {
  return withOwn(ui, message, world, (room, seq) => {
    const quote = shownInline([...(textOf(message) ?? '')].slice(0, QUOTE_CHARS).join(''));
    return ask(ui, world.texts.askDelete(quote), { kind: 'delete', room, seq });
  });
}

/** Changes a message of one's own that the server has, or says why that can't be. */
function withOwn(
  ui: Ui,
  { sender, seq, deleted }: Message,
  { me, texts }: World,
  act: (room: RoomId, seq: Seq) => Step,
): Step {
  if (sender !== me || deleted) return warn(ui, texts.notOwn);
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

function ask(ui: Ui, question: string, effect: Effect): Step {
  return step({ ...ui, confirm: { question, effect }, completion: undefined });
}
