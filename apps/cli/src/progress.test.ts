import { expect, test } from 'bun:test';
import { Progress } from './progress.ts';

function output(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, write: (text: string) => written.push(text) };
}

test('a bar is drawn over itself, only when it changes, and taken away', () => {
  const terminal = output(true);
  const progress = new Progress(200, terminal);
  progress.update(0, 'a');
  progress.update(100, 'a');
  progress.update(101, 'a');
  progress.update(300, 'b');
  progress.end();
  expect(terminal.written).toEqual([
    `\r${'░'.repeat(30)}   0 %  a\x1b[K`,
    `\r${'█'.repeat(15)}${'░'.repeat(15)}  50 %  a\x1b[K`,
    `\r${'█'.repeat(30)} 100 %  b\x1b[K`,
    '\r\x1b[K',
  ]);
});

test('nothing is drawn where nobody looks', () => {
  const pipe = output(false);
  const progress = new Progress(1, pipe);
  progress.update(1, 'a');
  progress.end();
  expect(pipe.written).toEqual([]);
});
