/** What a user changed of their settings, as something that can be done again to a newer value. Pure. */
import type { Draft, Folder, HiddenSpans, Mute, QuickReply, RoomOwn, Seq, SettingKind } from '@maru/protocol';
import { limits } from '@maru/protocol';
import { unreachable } from '../unreachable.ts';
import { type FolderChanges, foldersAfter, joinedFolders } from './folder-changes.ts';
import { spansWith } from './hidden-spans.ts';

/** `null` takes a field away; an absent one stays. */
export interface RoomOwnPatch {
  readonly mute?: Mute | null;
  readonly archived?: number | null;
  readonly pinned?: number | null;
}

/** A change of one setting. Done twice it is as done once, so that it may go over a value that has it already. */
export type OwnChange =
  | { readonly kind: 'room'; readonly patch: RoomOwnPatch }
  | { readonly kind: 'draft'; readonly draft: Draft | undefined }
  | { readonly kind: 'hidden'; readonly spans: HiddenSpans }
  /** By `seq`, whether it is starred. */
  | { readonly kind: 'stars'; readonly marks: Readonly<Record<number, boolean>> }
  /** By the folder's name, which rooms go in and out, and the order of the folders where the user gave them one. */
  | {
      readonly kind: 'folders';
      readonly folders: FolderChanges;
      readonly order?: readonly string[] | undefined;
    }
  /** Texts by their shortcuts; `null`: removed. */
  | { readonly kind: 'quick-replies'; readonly texts: Readonly<Record<string, string | null>> };

type ChangeOf<K extends SettingKind> = Extract<OwnChange, { kind: K }>;

/** The value after a change; `undefined`: none. Of a room, fields that this version does not know are kept. */
export function changed(base: unknown, change: OwnChange): unknown {
  switch (change.kind) {
    case 'room':
      return patched(base as RoomOwn | undefined, change.patch);
    case 'draft':
      return change.draft;
    case 'hidden':
      return spansWith((base as HiddenSpans | undefined) ?? [], change.spans);
    case 'stars':
      return starsAfter((base as Seq[] | undefined) ?? [], change.marks);
    case 'folders':
      return foldersAfter((base as Folder[] | undefined) ?? [], change.folders, change.order);
    case 'quick-replies':
      return repliesAfter((base as QuickReply[] | undefined) ?? [], change.texts);
    default:
      return unreachable(change);
  }
}

/** Two changes of one setting as one. */
export function joined(earlier: OwnChange | undefined, later: OwnChange): OwnChange {
  if (earlier === undefined) return later;
  switch (later.kind) {
    case 'room':
      return { kind: 'room', patch: { ...(earlier as ChangeOf<'room'>).patch, ...later.patch } };
    case 'draft':
      return later;
    case 'hidden':
      return { kind: 'hidden', spans: spansWith((earlier as ChangeOf<'hidden'>).spans, later.spans) };
    case 'stars':
      return { kind: 'stars', marks: { ...(earlier as ChangeOf<'stars'>).marks, ...later.marks } };
    case 'folders': {
      const { folders, order } = earlier as ChangeOf<'folders'>;
      return {
        kind: 'folders',
        folders: joinedFolders(folders, later.folders),
        order: later.order ?? order,
      };
    }
    case 'quick-replies': {
      const { texts } = earlier as ChangeOf<'quick-replies'>;
      return { kind: 'quick-replies', texts: { ...texts, ...later.texts } };
    }
    default:
      return unreachable(later);
  }
}

function patched(base: RoomOwn | undefined, patch: RoomOwnPatch): object | undefined {
  const fields = Object.entries({ ...base, ...patch }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** Of too many, the newest messages' stay. */
function starsAfter(base: readonly Seq[], marks: ChangeOf<'stars'>['marks']): readonly Seq[] | undefined {
  const stars = new Set<number>(base);
  for (const [seq, isStarred] of Object.entries(marks)) {
    if (isStarred) stars.add(Number(seq));
    else stars.delete(Number(seq));
  }
  const rising = [...stars].sort((a, b) => a - b).slice(-limits.STARS_MAX);
  return rising.length === 0 ? undefined : (rising as Seq[]);
}

function repliesAfter(
  base: readonly QuickReply[],
  texts: ChangeOf<'quick-replies'>['texts'],
): readonly QuickReply[] | undefined {
  const byShortcut = new Map<string, string | null>(base.map(({ shortcut, text }) => [shortcut, text]));
  for (const [shortcut, text] of Object.entries(texts)) byShortcut.set(shortcut, text);
  const replies = [...byShortcut].flatMap(([shortcut, text]) => (text === null ? [] : { shortcut, text }));
  // In one order, whichever way they came.
  return replies.length === 0 ? undefined : replies.sort((a, b) => (a.shortcut < b.shortcut ? -1 : 1));
}
