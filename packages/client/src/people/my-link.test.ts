import { expect, test } from 'bun:test';
import { type PersonalCode, refusal } from '@maru/protocol';
import { OTHER } from '../testing/fixtures.ts';
import { onlineClient } from '../testing/online-client.ts';
import { json } from '../testing/scripted-server.ts';

const CODE = '01h455vb4pex5vsknk084sn02x' as PersonalCode;

test('[FIND1] the own link is asked for, made, renewed and revoked', async () => {
  const { client, server } = await onlineClient();
  const asked: string[] = [];
  let code: string | undefined;
  server.http = ({ method, url, body }) => {
    if (!url.endsWith('/v1/me/link')) return undefined;
    asked.push(`${method} ${body === undefined ? '' : String(body)}`.trim());
    if (method === 'PUT') code = JSON.parse(String(body)).renew ? CODE.replace('x', 'y') : (code ?? CODE);
    if (method === 'DELETE') code = undefined;
    if (method === 'DELETE') return json(204, undefined);
    return code === undefined ? json(404, refusal('not-found', 'None.')) : json(200, { code });
  };
  expect(await client.myLink.get()).toBeUndefined();
  const { code: first } = await client.myLink.make();
  expect(first).toBe(CODE);
  expect(await client.myLink.get()).toEqual({ code: first });
  expect((await client.myLink.renew()).code).not.toBe(first);
  await client.myLink.revoke();
  expect(await client.myLink.get()).toBeUndefined();
  expect(asked).toEqual(['GET', 'PUT {}', 'GET', 'PUT {"renew":true}', 'DELETE', 'GET']);
});

test('[FIND3] whoever is found by a link is known from then on', async () => {
  const { client, server } = await onlineClient();
  server.http = ({ url, body }) => {
    if (!url.endsWith('/v1/users/link')) return undefined;
    const found = { user: OTHER, handle: 'jun', name: 'Jun', changedAt: 5 };
    const isRight = JSON.parse(String(body)).code === CODE;
    return isRight ? json(200, found) : json(404, refusal('link-invalid', 'Nobody.'));
  };
  expect(await client.findByLink(CODE)).toMatchObject({ user: OTHER, name: 'Jun' });
  expect(client.person(OTHER)?.handle).toBe('jun');
  const wrong = CODE.replace('x', 'y') as PersonalCode;
  await expect(client.findByLink(wrong)).rejects.toMatchObject({ code: 'link-invalid' });
});
