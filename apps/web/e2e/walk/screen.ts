import type { Walker } from './walker.ts';

/** Something that a person can see. */
export interface Screen {
  /** What its picture is called. */
  readonly name: string;
  /** Brings the page there, from the list. */
  readonly show: (at: Walker) => Promise<unknown>;
}

/** Screens that follow each other. */
export interface Chapter {
  readonly name:
    | 'door'
    | 'talk'
    | 'odd'
    | 'messages'
    | 'writing'
    | 'people'
    | 'groups'
    | 'kept'
    | 'links'
    | 'settings'
    | 'refused'
    | 'trouble';
  /** Who is signed in: nobody, or who knows everybody. */
  readonly as: 'nobody' | 'mina';
  readonly screens: readonly Screen[];
}

export const screen = (name: string, show: Screen['show']): Screen => ({ name, show });
