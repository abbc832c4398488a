import type { RoomId, Seq } from '@maru/protocol';
import { type Composer, EMPTY } from '../composer/composer.ts';
import type { Completion } from './completion.ts';
import type { Effect } from './effect.ts';

/** Where in a conversation the view's lower edge is: at the end, or so many rows above the lower edge of a message. */
export type Position = 'end' | { readonly key: string; readonly hidden: number };

/** What is written is a new message, or changes one, or answers one. */
export type Purpose =
  | { readonly kind: 'message' }
  | { readonly kind: 'edit'; readonly seq: Seq }
  | { readonly kind: 'reply'; readonly seq: Seq; readonly name: string };

/** Something to read in the place of the messages. */
export interface Panel {
  /** `links`: words that stand alone in a line are links, which are parted as little as can be. */
  readonly kind: 'help' | 'members' | 'text' | 'links';
  readonly title: string;
  /** Ready to be shown but for breaking into rows. */
  readonly text: string;
  /** What is said below a link that had to be parted. */
  readonly parted?: string;
  /** Rows above the upper edge. */
  readonly scroll: number;
}

export interface Notice {
  readonly tone: 'good' | 'warning' | 'bad';
  readonly text: string;
}

/** What is asked before it is done. */
export interface Confirm {
  readonly question: string;
  readonly effect: Effect;
}

/** What was being written in a room that was left for another one. */
export interface Draft {
  readonly composer: Composer;
  readonly purpose: Purpose;
}

/** Everything about the screen that the SDK does not know. */
export interface Ui {
  readonly columns: number;
  readonly rows: number;
  readonly room: RoomId | undefined;
  readonly composer: Composer;
  readonly purpose: Purpose;
  readonly drafts: ReadonlyMap<RoomId, Draft>;
  /** What was being written before `/go ` was put in its place. */
  readonly stashed: Draft | undefined;
  /** A room that was asked for is being found: what is written meanwhile is for that one. */
  readonly going: boolean;
  readonly position: Position;
  /** The room was opened for what names the user in it. */
  readonly toMention: boolean;
  /** The room's messages are being fetched, and where to begin in them is not known yet. */
  readonly opening: boolean;
  /** The read mark when the room was opened: above what came after it stands a line. */
  readonly divider: number | undefined;
  /** The chosen message. */
  readonly selected: string | undefined;
  readonly search: { readonly query: string; readonly at: number; readonly count: number } | undefined;
  readonly completion: Completion | undefined;
  readonly panel: Panel | undefined;
  readonly confirm: Confirm | undefined;
  readonly notice: Notice | undefined;
  /** Ctrl+C was pressed: once more, and it ends. */
  readonly leaving: boolean;
  /** Where there is no room for both: the list instead of the messages. */
  readonly listOnly: boolean;
  /** Whether the terminal's window is the one that is used. */
  readonly focused: boolean;
  readonly mouse: boolean;
  /** The folder whose rooms are listed; without one, all rooms. */
  readonly folder: string | undefined;
  /** Lines are only appended: nothing that was begun stands in the input. */
  readonly appends: boolean;
}

/** What begins anew in each room. */
export const AFRESH = {
  composer: EMPTY,
  purpose: { kind: 'message' },
  stashed: undefined,
  position: 'end',
  toMention: false,
  going: false,
  selected: undefined,
  search: undefined,
  completion: undefined,
  panel: undefined,
  confirm: undefined,
  notice: undefined,
} as const satisfies Partial<Ui>;

export function initialUi(columns: number, rows: number, mouse: boolean): Ui {
  return {
    columns,
    rows,
    ...AFRESH,
    room: undefined,
    drafts: new Map(),
    opening: false,
    divider: undefined,
    leaving: false,
    listOnly: true,
    focused: true,
    mouse,
    folder: undefined,
    appends: false,
  };
}
