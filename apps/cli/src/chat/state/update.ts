import type { RoomId, Seq } from '@maru/protocol';
import { insert } from '../composer/composer.ts';
import type { Doing } from '../input/input.ts';
import { paneOf, scrollBy } from '../view/message-pane.ts';
import type { Target } from '../view/target.ts';
import { completionOf } from './completion.ts';
import { arrive, goTo, opened } from './go-to.ts';
import { landed } from './jump.ts';
import { jumpToPin } from './pins.ts';
import { pressKey } from './press-key.ts';
import { choose, scroll, show } from './scroll.ts';
import { type Step, step } from './step.ts';
import { editing } from './submit.ts';
import type { Confirm, Notice, Panel, Ui } from './ui.ts';
import type { World } from './world.ts';

/** What happens to the screen: a person's doing, or an answer to something that was done. */
export type UiEvent =
  | Doing
  /** A click, on what stands there. */
  | { readonly kind: 'click'; readonly target: Target }
  | { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'go'; readonly room: RoomId }
  /** The room that was asked for is open, or can't be. */
  | { readonly kind: 'stayed' }
  /** The messages of a room are there. */
  | { readonly kind: 'opened'; readonly room: RoomId }
  /** A message that was jumped to is there. */
  | { readonly kind: 'jumped'; readonly room: RoomId; readonly chosen?: Seq | undefined }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** The whole of a long message is there, to be changed. */
  | { readonly kind: 'edit'; readonly room: RoomId; readonly seq: Seq; readonly text: string }
  | { readonly kind: 'panel'; readonly panel: Panel | undefined }
  /** Something is to be read before the question about it is answered. */
  | { readonly kind: 'ask'; readonly panel: Panel; readonly confirm: Confirm };

const WHEEL_ROWS = 3;

/** The one function that changes the state. */
export function update(ui: Ui, event: UiEvent, world: World): Step {
  switch (event.kind) {
    case 'text':
      // A second one is written: the help is closed by it.
      return event.text === '?' && isEmpty(ui) ? pressKey(ui, 'f1', world) : write(ui, event.text, world);
    case 'paste':
      return write(ui, event.text, world);
    case 'key':
      return pressKey(ui, event.chord, world);
    case 'wheel':
      return scroll({ ...ui, notice: undefined }, event.up ? -WHEEL_ROWS : WHEEL_ROWS, world);
    case 'focus':
      return step({ ...ui, focused: event.focused });
    case 'click':
      return click({ ...ui, notice: undefined }, event.target, world);
    case 'resize':
      return step(resized({ ...ui, columns: event.columns, rows: event.rows }, world));
    case 'go':
      return arrive(ui, event.room, world);
    case 'stayed':
      return step({ ...ui, going: false });
    case 'jumped':
      if (event.chosen !== undefined) {
        return ui.room === event.room ? landed(ui, event.chosen, world) : step(ui);
      }
      return opened(ui, event.room, world);
    case 'opened':
      return opened(ui, event.room, world);
    case 'notice':
      return step({ ...ui, notice: event.notice });
    case 'edit':
      return step(ui.room === event.room ? editing(ui, event.seq, event.text) : ui);
    case 'panel':
      return step({ ...ui, panel: event.panel });
    case 'ask':
      return step({ ...ui, panel: event.panel, confirm: event.confirm, completion: undefined });
  }
}

/** Where there is more room by now, no row of it stays empty. */
function resized(ui: Ui, world: World): Ui {
  return { ...ui, position: scrollBy(paneOf(ui, world), ui.position, 0) };
}

/** Nothing is written, or being done. */
function isEmpty({ composer, purpose, panel, confirm }: Ui): boolean {
  return composer.text === '' && purpose.kind === 'message' && panel === undefined && confirm === undefined;
}

/** Letters choose what to do with a chosen message; everything else is written. */
function write(ui: Ui, text: string, world: World): Step {
  const chord = CHOICES[text] ?? (/^[1-6]$/.test(text) ? `choice+${text}` : undefined);
  if (ui.selected !== undefined && ui.composer.text === '' && chord !== undefined) {
    return pressKey(ui, chord, world);
  }
  const composer = insert(ui.composer, text);
  const written: Ui = {
    ...ui,
    composer,
    completion: completionOf(composer, world),
    panel: undefined,
    confirm: undefined,
    notice: undefined,
    leaving: false,
    listOnly: ui.room === undefined && ui.listOnly,
  };
  return step(written, ...typing(written));
}

/** Also as they come from a Korean keyboard: the same keys. */
export const CHOICES: Readonly<Record<string, string>> = {
  r: 'choice+r',
  ㄱ: 'choice+r',
  e: 'choice+e',
  ㄷ: 'choice+e',
  d: 'choice+d',
  ㅇ: 'choice+d',
  j: 'choice+j',
  ㅓ: 'choice+j',
  p: 'choice+p',
  ㅔ: 'choice+p',
  v: 'choice+v',
  ㅍ: 'choice+v',
  f: 'choice+f',
  ㄹ: 'choice+f',
};

/** A command is nothing that others are told of. */
function typing({ room, composer, purpose }: Ui) {
  const command = composer.text.startsWith('/') && !composer.text.startsWith('//');
  return room === undefined || command || purpose.kind === 'edit' ? [] : [{ kind: 'typing' as const, room }];
}

function click(ui: Ui, target: Target, world: World): Step {
  if (target.kind === 'room') return goTo(ui, target.room, world);
  if (target.kind === 'pin') return jumpToPin(ui, world);
  if (target.kind === 'end') return pressKey(ui, 'ctrl+end', world);
  const message = world.room?.messages.find(({ key }) => key === target.key);
  if (message === undefined || message.kind !== 'message') return step({ ...ui, selected: undefined });
  if (ui.selected === message.key) return pressKey(ui, 'choice+enter', world);
  return ui.composer.text === ''
    ? step(show(ui, message, world))
    : choose({ ...ui, selected: undefined }, 1, world);
}
