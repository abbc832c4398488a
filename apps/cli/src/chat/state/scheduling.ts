import type { Scheduled } from '@maru/client';
import { readWhen } from '../../when/read-when.ts';
import { shownInline } from '../text/shown-text.ts';
import { errorCodeText } from '../texts/error-texts.ts';
import { whenText } from '../view/times.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import { textOf, type World } from './world.ts';

const QUOTE_CHARS = 40;
const CANCEL = /^(?:cancel|취소)\s+(\d{1,3})$/i;

/** `/later WHEN TEXT`; `undefined` where it is written wrongly. */
export function later(ui: Ui, rest: string, world: World): Step | undefined {
  const when = readWhen(rest, world.now);
  if (when === undefined || when.rest === '') return undefined;
  if (ui.room === undefined) return warn(ui, world.texts.noRoomOpen);
  const notice = { tone: 'good' as const, text: world.texts.willBeSent(whenText(when.at, world)) };
  return step({ ...ui, notice }, { kind: 'schedule', room: ui.room, at: when.at, text: when.rest });
}

/** `/scheduled`, or `/scheduled cancel NUMBER`. */
export function scheduled(ui: Ui, rest: string, world: World): Step | undefined {
  if (ui.room === undefined) return warn(ui, world.texts.noRoomOpen);
  if (rest === '') return show(ui, world);
  const [, number] = CANCEL.exec(rest.normalize('NFC')) ?? [];
  if (number === undefined) return undefined;
  const item = world.scheduled[Number(number) - 1];
  if (item === undefined) return warn(ui, world.texts.nothingScheduled);
  const question = world.texts.askUnschedule(shownInline(quoteOf(item)));
  const effect = { kind: 'unschedule' as const, room: ui.room, scheduled: item.scheduled };
  return step({ ...ui, confirm: { question, effect }, completion: undefined });
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

function quoteOf(item: Scheduled): string {
  return [...(textOf(item) ?? '')].slice(0, QUOTE_CHARS).join('');
}
