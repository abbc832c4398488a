import { expect, test } from 'bun:test';
import type { Content, Seq } from '@maru/protocol';
import { InvalidCommand } from './errors.ts';
import { ROOM } from './testing/fixtures.ts';
import { onlineClient } from './testing/online-client.ts';

test.each([{ type: 'text' }, { type: 'text', text: 7 }, { type: 'text', text: 'hi', entities: 'bold' }])(
  'a text that is none, from who calls without types, is refused as such and never sent: %j',
  async (said) => {
    const { client, server } = await onlineClient();
    const { commands } = client;
    const content = said as unknown as Content;
    const calls = [
      commands.send(ROOM, content),
      commands.edit(ROOM, 1 as Seq, content),
      commands.schedule(ROOM, content, 1),
    ];
    for (const call of calls) {
      const error: unknown = await call.catch((fault: unknown) => fault);
      expect(error).toBeInstanceOf(InvalidCommand);
      expect(error).toMatchObject({ code: 'bad-request', body: { field: 'content' } });
    }
    expect(server.connection.received.map(({ kind }) => kind)).not.toContain('send');
  },
);
