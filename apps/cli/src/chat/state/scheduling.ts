import type { Scheduled } from '@maru/client';
import { readWhen } from '../../when/read-when.ts';
import { shownInline } from '../text/shown-text.ts';
import { errorCodeText } from '../texts/error-texts.ts';
import { whenText } from '../view/times.ts';
import type { Effect } from './effect.ts';
import { ask, told } from './given.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import { textOf, type World } from './world.ts';

const QUOTE_CHARS = 40;
const ACT = /^(?:(cancel|취소)|retry|재전송)\s+(\d{1,3})$/i;
const CHANGE = /^(\d{1,3})\s+(\S[\s\S]*)$/;

/** `/later WHEN TEXT`; `undefined` where it is written wrongly. */
export function later(ui: Ui, rest: string, world: World): Step | undefined {
  const when = readWhen(rest, world.now);
  if (when === undefined || when.rest === '') return undefined;
  if (ui.room === undefined) return warn(ui, world.texts.noRoomOpen);
  const effect = { kind: 'schedule', room: ui.room, at: when.at, text: when.rest } as const;
  return told({ ui }, world.texts.willBeSent(whenText(when.at, world)), effect);
}

/** `/scheduled`, `/scheduled cancel 2`, `/scheduled retry 2`, `/scheduled 2 18:30 TEXT`. */
export function scheduled(ui: Ui, rest: string, world: World): Step | undefined {
  if (ui.room === undefined) return warn(ui, world.texts.noRoomOpen);
  if (rest === '') return show(ui, world);
  const given = rest.normalize('NFC');
  const [all, cancels, which] = ACT.exec(given) ?? [];
  const [, changed, to = ''] = CHANGE.exec(given) ?? [];
  if (all === undefined && changed === undefined) return undefined;
  const item = world.scheduled[Number(which ?? changed) - 1];
  if (item === undefined) return warn(ui, world.texts.nothingScheduled);
  if (changed !== undefined) return change(ui, item, to, world);
  return cancels === undefined ? retry(ui, item, world) : cancel(ui, item, world);
}

function cancel(ui: Ui, { scheduled: id, room, ...item }: Scheduled, world: World): Step {
  const question = world.texts.askUnschedule(shownInline(quoteOf(item)));
  return ask(ui, question, { kind: 'unschedule', room, scheduled: id });
}

/** What failed goes now. */
function retry(ui: Ui, { scheduled: id, room, state }: Scheduled, { texts, now }: World): Step {
  if (state !== 'failed') return warn(ui, texts.scheduledNotFailed);
  return told({ ui }, texts.scheduledRetried, { kind: 'reschedule', room, scheduled: id, at: now });
}

/** Another time, with or without another text. A text alone could be a time that was misspelt: it is asked about. */
function change(ui: Ui, item: Scheduled, to: string, world: World): Step {
  const { scheduled: id, room, expiresAfter } = item;
  const { texts } = world;
  const when = readWhen(to, world.now);
  const text = when === undefined ? to : when.rest;
  const effect: Effect = {
    ...{ kind: 'reschedule', room, scheduled: id },
    ...(when !== undefined && { at: when.at }),
    ...(text !== '' && { text }),
    ...(text !== '' && expiresAfter !== undefined && { expiresAfter }),
  };
  if (when === undefined) return ask(ui, texts.askReschedule(shownInline(cut(text))), effect);
  return told({ ui }, texts.willBeSent(whenText(when.at, world)), effect);
}

function show(ui: Ui, world: World): Step {
  const { texts } = world;
  if (world.scheduled.length === 0) return warn(ui, texts.nothingScheduled);
  const lines = world.scheduled.map(
    (item, index) => `${index + 1}. ${whenText(item.at, world)}  ${lineOf(item, world)}`,
  );
  const text = [...lines, '', texts.howToUnschedule].join('\n');
  return step({ ...ui, panel: { kind: 'text', title: texts.scheduledTitle, text, scroll: 0 } });
}

function lineOf(item: Scheduled, { texts, language }: World): string {
  if (item.state === 'sending') return `${quoteOf(item)} (${texts.notThereYet})`;
  if (item.error === undefined) return quoteOf(item);
  return `${quoteOf(item)} (${texts.notSentFor(errorCodeText(item.error, language))})`;
}

function quoteOf(item: Pick<Scheduled, 'content'>): string {
  return cut(textOf(item) ?? '');
}

function cut(text: string): string {
  return [...text].slice(0, QUOTE_CHARS).join('');
}
