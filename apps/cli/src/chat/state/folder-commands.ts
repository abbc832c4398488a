import { folder } from '@maru/protocol';
import { shownInline } from '../text/shown-text.ts';
import { fold } from './completion.ts';
import { ask, type Given, inRoom, told } from './given.ts';
import { type Step, step, warn } from './step.ts';
import { roomTitle, type World } from './world.ts';

const DROPPED = /^(.+?)\s+(?:off|끔)$/iu;

/** `/folder` lists them, `/folder NAME` puts the room in or takes it out, `/folder NAME off` drops one. */
export function putInFolder(given: Given): Step {
  const { rest, world, usage } = given;
  const { texts, folders } = world;
  if (rest === '') return show(given);
  const [, dropped] = DROPPED.exec(rest) ?? [];
  // A folder may be called so.
  if (dropped !== undefined && !folders.some(({ name }) => name === rest)) return drop(given, dropped);
  return inRoom(given, ({ room }) => {
    const parsed = folder.shape.name.safeParse(rest);
    if (!parsed.success) return usage;
    const name = parsed.data;
    const on = folders.find((each) => each.name === name)?.rooms.includes(room) !== true;
    const text = (on ? texts.inFolder : texts.outOfFolder)(shownInline(name));
    return told(given, text, { kind: 'folder', room, name, on });
  });
}

/** `/list NAME`: the rooms of a folder alone; `/list`: all. */
export function listFolder({ ui, world, rest }: Given): Step {
  if (rest === '') return step({ ...ui, folder: undefined });
  const found = folderNamed(rest, world);
  return found === undefined
    ? warn(ui, world.texts.noFolder(shownInline(rest)))
    : step({ ...ui, folder: found.name, listOnly: ui.room === undefined });
}

function show({ ui, world }: Given): Step {
  const { folders, texts, snapshot } = world;
  if (folders.length === 0) return warn(ui, texts.noFolders);
  const lines = folders.map(({ name, rooms }) => {
    const titles = rooms.map(snapshot).flatMap((room) => (room === undefined ? [] : roomTitle(world, room)));
    return `${shownInline(name)}: ${titles.join(', ')}`;
  });
  const panel = { kind: 'text' as const, title: texts.foldersTitle, text: lines.join('\n'), scroll: 0 };
  return step({ ...ui, panel });
}

function drop({ ui, world }: Given, written: string): Step {
  const found = folderNamed(written, world);
  if (found === undefined) return warn(ui, world.texts.noFolder(shownInline(written)));
  const { name } = found;
  return ask(ui, world.texts.askDropFolder(shownInline(name)), { kind: 'drop-folder', name });
}

function folderNamed(written: string, { folders }: World) {
  return folders.find(({ name }) => fold(name) === fold(written));
}
