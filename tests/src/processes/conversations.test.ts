import { expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ircConversations } from './conversations.ts';
import { temporaryFolder } from './temporary-folder.ts';

function conversationOf(...lines: string[]) {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'log.txt');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return ircConversations([file])[0];
}

test('everybody who says or does something is a speaker, in whatever form their name stands', () => {
  const conversation = conversationOf(
    '=== ann has joined #maru',
    '[09:14] <ben> hello',
    '[09:14] <brad[] > set apart by a space',
    '[09:15]  * cho waves',
    '[09:15] <dan>',
  );
  expect(conversation).toEqual({
    speakers: ['ben', 'brad[]', 'cho', 'dan'],
    lines: [
      { speaker: 'ben', text: 'hello' },
      { speaker: 'brad[]', text: 'set apart by a space' },
      { speaker: 'cho', text: 'waves' },
    ],
  });
});

test.each(['[09:16] who says this', '[09:16] <> nobody', '[09:16] <  > nobody', '[09:16]'])(
  'a line of which nobody can be told to say it is no speaker lost, but a fault: %s',
  (line) => {
    expect(() => conversationOf('[09:14] <ben> hello', line)).toThrow(line);
  },
);
