import { expect, test } from 'bun:test';
import { PacedChanges } from './paced-changes.ts';

function begin(listener: (change: () => void) => void = () => undefined) {
  let change: () => void = () => undefined;
  let now = 0;
  let told = 0;
  const frames: (() => void)[] = [];
  const drawn: (() => void)[] = [];
  const paced = new PacedChanges((changed) => (change = changed), {
    next: (call) => frames.push(call),
    drawn: (call) => drawn.push(call),
    now: () => now,
  });
  const end = paced.subscribe(() => {
    told++;
    listener(() => change());
  });
  return {
    change: () => change(),
    flush: () => paced.flush(),
    frame: () => frames.shift()?.(),
    passes: (ms: number) => {
      now += ms;
    },
    drawn: () => drawn.shift()?.(),
    told: () => told,
    end,
    frames,
  };
}

test('a change is told of at once, and what comes before the next frame with that', () => {
  const { change, frame, told } = begin();
  change();
  expect(told()).toBe(1);
  for (let at = 0; at < 100; at++) change();
  expect(told()).toBe(1);
  frame();
  expect(told()).toBe(2);
});

test('who shows what has just come has it told of before the frame, once', () => {
  const { change, flush, frame, told } = begin();
  flush();
  expect(told()).toBe(0);
  change();
  change();
  flush();
  expect(told()).toBe(2);
  flush();
  frame();
  expect(told()).toBe(2);
});

test('where nothing has come before the frame, the next change is told of at once again', () => {
  const { change, frame, told, frames } = begin();
  change();
  frame();
  expect([told(), frames.length]).toEqual([1, 0]);
  change();
  expect(told()).toBe(2);
});

test('what changes while it is told of is told of with the next frame', () => {
  const { change, frame, told } = begin((again) => told() < 3 && again());
  change();
  expect(told()).toBe(1);
  frame();
  expect(told()).toBe(2);
});

test('what takes long to draw is drawn half of the time', () => {
  const { change, frame, told, passes, drawn } = begin();
  change();
  passes(30);
  drawn();
  change();
  passes(16);
  frame();
  expect(told()).toBe(1);
  passes(16);
  frame();
  expect(told()).toBe(2);
});

test('who listens no more hears nothing more', () => {
  const { change, told, end } = begin();
  end();
  change();
  expect(told()).toBe(0);
});
