import { EMPTY, erase, insert, type Move, move, moveRow, withText, yank } from '../composer/composer.ts';
import { composerColumns, layoutOf } from '../view/layout.ts';
import { type Completion, completionOf, fold, takeCompletion } from './completion.ts';
import { chosen, type Given } from './given.ts';
import { goTo, goToMention, goToUnread, neighbour } from './go-to.ts';
import { jumpToQuoted } from './jump.ts';
import { listedRooms } from './listed.ts';
import { pinOrUnpin } from './pins.ts';
import { quickReaction } from './react.ts';
import { choose, pageRows, scroll, toEnd, toStart } from './scroll.ts';
import { searchOn } from './search.ts';
import { findSlash } from './slash-commands.ts';
import { type Step, step, warn } from './step.ts';
import { askDelete, edit, readWhole, submit } from './submit.ts';
import type { Ui } from './ui.ts';
import { showVersions } from './versions.ts';
import { nameOf, type World } from './world.ts';

type Press = (ui: Ui, world: World) => Step;

/** What a key does where nothing else is open. */
export const KEYS: Readonly<Record<string, Press>> = {
  enter: submit,
  'alt+enter': (ui, world) => written({ ...ui, composer: insert(ui.composer, '\n') }, world),
  'ctrl+c': clearOrLeave,
  escape: back,
  tab: (ui, world) => step({ ...ui, completion: completionOf(ui.composer, world) }),
  up: (ui, world) => vertical(ui, -1, world),
  down: (ui, world) => vertical(ui, 1, world),
  pageup: (ui, world) => scroll(ui, -pageRows(ui), world),
  pagedown: (ui, world) => scroll(ui, pageRows(ui), world),
  'shift+up': (ui, world) => scroll(ui, -1, world),
  'shift+down': (ui, world) => scroll(ui, 1, world),
  'ctrl+home': toStart,
  'ctrl+end': toEnd,
  'alt+up': (ui, world) => neighbour(ui, -1, world),
  'alt+down': (ui, world) => neighbour(ui, 1, world),
  'alt+u': goToUnread,
  'alt+m': goToMention,
  'ctrl+g': (ui, world) => prefill(ui, '/go ', world),
  'ctrl+f': (ui, world) => prefill(ui, '/search ', world),
  'ctrl+o': (ui) => step({ ...ui, listOnly: !ui.listOnly, completion: undefined }),
  'ctrl+l': (ui) => step(ui, { kind: 'redraw' }),
  'ctrl+z': (ui) => step(ui, { kind: 'suspend' }),
  f1: (ui, world) =>
    submit({ ...ui, stashed: ui, composer: withText('/help'), purpose: { kind: 'message' } }, world),
  'choice+r': answer,
  'choice+e': (ui, world) => withChosen(ui, world, (message) => edit(ui, message, world)),
  'choice+d': (ui, world) => withChosen(ui, world, (message) => askDelete(ui, message, world)),
  'choice+j': alone(jumpToQuoted),
  'choice+p': alone(pinOrUnpin),
  'choice+f': (ui, world) => prefill(ui, '/forward ', world),
  'choice+v': alone(showVersions),
  'choice+enter': whole,
};

/** Says the name of a folder, which may be a new one. */
const NAMES_FOLDER = /^\/(?:folder|폴더)\s/u;
const SAME: Readonly<Record<string, string>> = {
  'ctrl+j': 'alt+enter',
  'shift+enter': 'alt+enter',
  'ctrl+enter': 'alt+enter',
  'ctrl+p': 'alt+up',
  'ctrl+n': 'alt+down',
  'alt+ㅕ': 'alt+u',
  'alt+ㅡ': 'alt+m',
  f3: 'ctrl+f',
  'ctrl+b': 'left',
  'ctrl+a': 'home',
  'ctrl+e': 'end',
  'alt+b': 'ctrl+left',
  'alt+f': 'ctrl+right',
  'alt+left': 'ctrl+left',
  'alt+right': 'ctrl+right',
  'shift+backspace': 'backspace',
  'ctrl+h': 'backspace',
  'ctrl+w': 'alt+backspace',
  'ctrl+backspace': 'alt+backspace',
  'ctrl+d': 'delete',
};

const MOVES: Readonly<Record<string, Move>> = {
  left: 'left',
  right: 'right',
  'ctrl+left': 'word-left',
  'ctrl+right': 'word-right',
  home: 'line-start',
  end: 'line-end',
};

const ERASURES: Readonly<Record<string, readonly [where: Move, keep: boolean]>> = {
  backspace: ['left', false],
  delete: ['right', false],
  'alt+backspace': ['word-left', true],
  'alt+d': ['word-right', true],
  'ctrl+delete': ['word-right', true],
  'ctrl+u': ['line-start', true],
  'ctrl+k': ['line-end', true],
};

/** A key was pressed. What is open takes it first: a question, a panel, an offer. */
export function pressKey(before: Ui, given: string, world: World): Step {
  const chord = SAME[given] ?? given;
  // What was said goes with the next key, whichever it is.
  const ui = { ...before, leaving: chord === 'ctrl+c' && before.leaving, notice: undefined };
  if (ui.confirm !== undefined) return answerQuestion(ui, chord, world);
  if (ui.panel !== undefined) {
    const taken = inPanel(ui, chord, world);
    if (taken !== undefined) return taken;
  }
  const offered = inOffer(ui, chord, world);
  if (offered !== undefined) return offered;
  if (chord === 'enter' && ui.selected !== undefined && ui.composer.text === '') return whole(ui, world);
  const press = KEYS[chord];
  if (press !== undefined) return press(ui, world);
  const moved = MOVES[chord];
  if (moved !== undefined) return step({ ...ui, composer: move(ui.composer, moved), completion: undefined });
  const erased = ERASURES[chord];
  if (erased !== undefined) return written({ ...ui, composer: erase(ui.composer, ...erased) }, world);
  const [, quick] = /^choice\+([1-9])$/.exec(chord) ?? [];
  if (quick !== undefined) return quickReaction(ui, Number(quick), world);
  if (chord === 'ctrl+y') return written({ ...ui, composer: yank(ui.composer) }, world);
  const [, digit] = /^alt\+([1-9])$/.exec(chord) ?? [];
  const room = digit === undefined ? undefined : listedRooms(ui, world)[Number(digit) - 1];
  return room === undefined ? step(ui) : goTo(ui, room.room, world);
}

/** A message stays chosen while a command about it is written. */
function written(ui: Ui, world: World): Step {
  const selected = ui.composer.text.startsWith('/') ? ui.selected : undefined;
  return step({ ...ui, completion: completionOf(ui.composer, world), selected });
}

function answerQuestion(ui: Ui, chord: string, world: World): Step {
  const { confirm } = ui;
  const closed = { ...ui, confirm: undefined };
  if (chord === 'enter' && confirm !== undefined)
    return step({ ...closed, selected: undefined }, confirm.effect);
  return chord === 'escape' || chord === 'ctrl+c' ? step(closed) : pressKey(closed, chord, world);
}

function inPanel(ui: Ui, chord: string, world: World): Step | undefined {
  switch (chord) {
    case 'escape':
    case 'enter':
    case 'ctrl+c':
      return step({ ...ui, panel: undefined });
    case 'up':
      return scroll(ui, -1, world);
    case 'down':
      return scroll(ui, 1, world);
    case 'home':
      return toStart(ui, world);
    case 'end':
      return toEnd(ui, world);
    default:
      return undefined;
  }
}

/** Keys while something is offered to be put in. */
function inOffer(ui: Ui, chord: string, world: World): Step | undefined {
  const { completion } = ui;
  if (completion === undefined) return undefined;
  const { items, index } = completion;
  switch (chord) {
    case 'escape':
      return step({ ...ui, completion: undefined });
    case 'up':
    case 'shift+tab':
      return step({
        ...ui,
        completion: { ...completion, chosen: true, index: (index - 1 + items.length) % items.length },
      });
    case 'down':
      return step({ ...ui, completion: { ...completion, chosen: true, index: (index + 1) % items.length } });
    case 'tab':
      return written({ ...ui, composer: takeCompletion(ui.composer, completion) }, world);
    case 'enter':
      return enterOffer(ui, world);
    default:
      return undefined;
  }
}

/** Enter takes what is offered, unless what was written is whole already; and does it, if nothing has to follow. */
function enterOffer(ui: Ui, world: World): Step | undefined {
  const { completion, composer } = ui;
  if (completion === undefined) return undefined;
  if (!completion.chosen && (completion.of === 'person' || isWhole(completion, composer.text)))
    return undefined;
  const taken = takeCompletion(composer, completion);
  const done =
    completion.of === 'room' ||
    completion.of === 'reply' ||
    completion.of === 'folder' ||
    (completion.of === 'command' && !taken.text.endsWith(' '));
  const next: Ui = { ...ui, composer: taken, completion: undefined };
  return done ? submit(next, world) : written(next, world);
}

/** Whether it says one thing as it is, though the first that is offered may be another that begins like it. */
function isWhole({ of, items, from }: Completion, text: string): boolean {
  if (of === 'command') return findSlash(text.slice(1)) !== undefined;
  // A new folder may be called like the beginning of another.
  if (of === 'folder' && NAMES_FOLDER.test(text)) return true;
  const typed = fold(text.slice(from).trim());
  return items.some(({ insert }) => fold(insert) === typed);
}

/** Ctrl+C: first it clears what is open or written, then it asks, then it ends. */
function clearOrLeave(ui: Ui, world: World): Step {
  if (ui.leaving) return step(ui, { kind: 'quit' });
  if (ui.composer.text !== '' || ui.selected !== undefined || ui.search !== undefined) {
    return step({
      ...ui,
      composer: { ...EMPTY, cut: ui.composer.text || ui.composer.cut },
      purpose: { kind: 'message' },
      completion: undefined,
      selected: undefined,
      search: undefined,
      stashed: undefined,
    });
  }
  return warn({ ...ui, leaving: true }, world.texts.pressAgain);
}

/** Escape: one thing after the other is closed. */
function back(ui: Ui, world: World): Step {
  if (ui.search !== undefined || ui.selected !== undefined) {
    return step({ ...ui, search: undefined, selected: undefined });
  }
  if (ui.stashed !== undefined)
    return step({ ...ui, ...ui.stashed, stashed: undefined, completion: undefined });
  if (ui.purpose.kind !== 'message') {
    const composer = ui.purpose.kind === 'edit' ? EMPTY : ui.composer;
    return step({ ...ui, composer, purpose: { kind: 'message' } });
  }
  return ui.position === 'end' && world.room?.atEnd !== false ? step(ui) : toEnd(ui, world);
}

/** The arrows: in what is written, or with nothing written in the messages. */
function vertical(ui: Ui, by: -1 | 1, world: World): Step {
  if (ui.composer.text === '') {
    if (ui.search !== undefined) return searchOn(ui, by, world);
    if (by === -1 || ui.selected !== undefined) return choose(ui, by, world);
    return step(ui);
  }
  const { width } = layoutOf(ui);
  const composer = moveRow(ui.composer, by, composerColumns(width));
  if (composer !== undefined) return step({ ...ui, composer, completion: undefined });
  return step({ ...ui, composer: move(ui.composer, by === -1 ? 'line-start' : 'line-end') });
}

/** As the command does with nothing behind its name. */
function alone(act: (given: Given) => Step): Press {
  return (ui, world) => act({ ui, world, rest: '', usage: step(ui) });
}

/** Puts a command in the place of what is being written, which comes back behind it. */
function prefill(ui: Ui, command: string, world: World): Step {
  const { composer, purpose } = ui.stashed ?? ui;
  const next = withText(command);
  const stashed = composer.text === '' ? undefined : { composer, purpose };
  return step({
    ...ui,
    stashed,
    composer: next,
    purpose: { kind: 'message' },
    completion: completionOf(next, world),
  });
}

function withChosen(
  ui: Ui,
  world: World,
  act: (message: NonNullable<ReturnType<typeof chosen>>) => Step,
): Step {
  const message = chosen(ui, world);
  return message === undefined ? step(ui) : act(message);
}

function answer(ui: Ui, world: World): Step {
  return withChosen(ui, world, ({ seq, sender }) => {
    if (seq === undefined) return warn(ui, world.texts.notYetSent);
    return step({ ...ui, purpose: { kind: 'reply', seq, name: nameOf(world, sender) }, selected: undefined });
  });
}

function whole(ui: Ui, world: World): Step {
  return withChosen(ui, world, (message) => readWhole(ui, message, world));
}
