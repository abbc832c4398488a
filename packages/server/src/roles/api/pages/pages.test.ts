import { beforeAll, describe, expect, test } from 'bun:test';
import { errors, type Route, routes } from '@maru/protocol';
import type * as z from 'zod';
import { ARRIVAL, type ComposedServer, composedServer } from '../../../main/testing/composed-server.ts';
import { commandExamples } from '../openapi/command-examples.ts';
import type { OpenApi } from '../openapi/describe-api.ts';
import { examples, type RouteExample } from '../openapi/examples.ts';

let server: ComposedServer;
let api: OpenApi;

const get = (path: string) => server.api.fetch(new Request(`http://127.0.0.1:8787${path}`), ARRIVAL);

beforeAll(async () => {
  server = composedServer();
  api = (await (await get('/v1/openapi.json')).json()) as OpenApi;
});

describe('the description of the API', () => {
  test('is OpenAPI 3.1 and names every route, with its summary and its answers', () => {
    expect(api.openapi).toStartWith('3.1.');
    for (const contract of Object.values<Route>(routes)) {
      const operation = api.paths[contract.path]?.[contract.method.toLowerCase()];
      expect(operation).toMatchObject({ operationId: contract.name, summary: contract.summary });
      const statuses = (contract.errors ?? []).map((code) => String(errors[code].status));
      expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(statuses));
      const secured = (operation?.security.length ?? 0) > 0;
      expect([contract.name, secured]).toEqual([contract.name, contract.access !== 'anyone']);
    }
  });

  test('has each parameter of a path, and no reference that leads nowhere', () => {
    for (const [path, operations] of Object.entries(api.paths)) {
      for (const { parameters = [] } of Object.values(operations)) {
        const inPath = parameters.filter(({ in: where }) => where === 'path').map(({ name }) => `{${name}}`);
        expect(inPath.toSorted()).toEqual((path.match(/\{\w+\}/g) ?? []).toSorted());
      }
    }
    const schemas = Object.keys(api.components.schemas ?? {});
    const references = JSON.stringify(api).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    const names = new Set([...references].map(([, name = '']) => name));
    expect([...names].filter((name) => !schemas.includes(name))).toEqual([]);
    expect(schemas).toEqual(expect.arrayContaining(['Error', 'Event', 'Content', 'Room']));
  });

  test.each(Object.keys(examples) as (keyof typeof examples)[])(
    'the example of %s fits its schemas',
    (name) => {
      const contract: Route = routes[name];
      const example: RouteExample = examples[name];
      const parts = [
        [contract.params, example.params],
        [contract.query, example.query],
        ...Object.values(example.bodies ?? { one: example.body }).map(
          (body) => [contract.body, body] as const,
        ),
        [contract.response, example.response],
      ] as const;
      for (const [schema, value] of parts) {
        if (schema === undefined) expect(value).toBeUndefined();
        else expect(problem(schema, value ?? {})).toBeUndefined();
      }
    },
  );

  test('shows an example of each query and each body', () => {
    const lacking = Object.values<Route>(routes).filter(({ name, query, body }) => {
      const example: RouteExample = examples[name as keyof typeof examples];
      const lacksQuery = query !== undefined && Object.keys(example.query ?? {}).length === 0;
      return lacksQuery || (body !== undefined && (example.body ?? example.bodies) === undefined);
    });
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });

  test('has an example of each command that goes by POST /v1/commands', async () => {
    const media = api.paths['/v1/commands']?.post?.requestBody?.content['application/json'];
    expect(media).not.toHaveProperty('example');
    const kinds = Object.values(media?.examples ?? {}).map(({ value }) => (value as { kind: string }).kind);
    // That none is missing the compiler knows.
    expect(kinds).toEqual(Object.keys(commandExamples));
    expect(Object.keys(media?.examples ?? {})).toEqual(kinds);
    expect(kinds).toEqual(
      expect.arrayContaining(['send', 'create', 'set-rights', 'make-link', 'react', 'pin']),
    );
    const html = await (await get('/docs')).text();
    for (const kind of kinds) expect(html).toContain(`<summary>${kind}</summary>`);
  });
});

function problem(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value).error?.message;
}

describe('pages', () => {
  test.each(['/', '/docs'])('%s loads nothing, runs nothing, and stands in no frame', async (path) => {
    const response = await get(path);
    const html = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(policy).toStartWith("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/<script|<img|<link|\ssrc=|style="|\son\w+=/);
    for (const [, url = ''] of html.matchAll(/href="([^"]*)"/g)) expect(url).not.toMatch(/^\w+:|^\/\//);
  });

  test('/docs shows every route and every link leads to something', async () => {
    const response = await get('/docs');
    const html = await response.text();
    for (const { name } of Object.values<Route>(routes)) expect(html).toContain(`id="${name}"`);
    for (const [, id = ''] of html.matchAll(/href="#([^"]*)"/g)) expect(html).toContain(`id="${id}"`);
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
    const hash = new Bun.CryptoHasher('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`);
  });
});

describe('an operator’s probes', () => {
  test('[SLOW5] ready until the drain begins, healthy until the end', async () => {
    const other = composedServer();
    const probe = async (path: string) =>
      (await other.api.fetch(new Request(`http://127.0.0.1:8787${path}`), ARRIVAL)).status;
    expect([await probe('/healthz'), await probe('/readyz')]).toEqual([200, 200]);
    const drained = other.drain();
    expect([await probe('/healthz'), await probe('/readyz')]).toEqual([200, 503]);
    await drained;
  });
});
