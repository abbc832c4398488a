/** What goes with a line. */
export interface Extras {
  /** How many lines back stands what it answers. */
  readonly answers?: number;
  /** What others put on it. */
  readonly likes?: readonly string[];
}

/** Who says what. */
export type Line = readonly [handle: string, text: string, extras?: Extras];

/** A conversation from its first line to its last. */
export type Scene = readonly Line[];

/** A room and what is said in it: the first scene before the visitor comes, the others while they look. */
export interface Stage {
  readonly kind: 'group' | 'channel' | 'direct';
  /** Of groups and channels. */
  readonly name: string;
  readonly description?: string;
  /** The first makes the room. Of a channel the readers, of whom only the first writes. */
  readonly members: readonly string[];
  readonly scenes: readonly [Scene, ...Scene[]];
}
