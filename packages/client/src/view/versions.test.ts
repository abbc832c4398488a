import { expect, test } from 'bun:test';
import type { AnyContent, Content } from '@maru/protocol';
import { at, ROOM } from '../testing/fixtures.ts';
import { onlineClient } from '../testing/online-client.ts';
import { json } from '../testing/scripted-server.ts';

/** Turns texts around, as a codec would open what is sealed. */
const turned = <C extends AnyContent | Content>(_room: unknown, content: C): C =>
  'text' in content ? { ...content, text: [...String(content.text)].reverse().join('') } : content;

test('[TALK10] versions come opened, the newest last', async () => {
  const { client, server } = await onlineClient(undefined, { codec: { open: turned, seal: turned } });
  const text = (seq: number, said: string) => ({
    seq: at(seq),
    at: seq,
    content: { type: 'text', text: said },
  });
  server.http = ({ url }) =>
    url.endsWith(`/v1/rooms/${ROOM}/events/2/versions`)
      ? json(200, { versions: [text(2, 'eno'), text(5, 'owt')], omitted: 0 })
      : undefined;
  expect(await client.versions(ROOM, at(2))).toEqual({
    versions: [text(2, 'one'), text(5, 'two')],
    omitted: 0,
  });
});
