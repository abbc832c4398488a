import { anyContent, type ErrorCode, errorBody, errors, event, type Route, routes } from '@maru/protocol';
import * as z from 'zod';
import { SECURE_TOKEN_COOKIE, TOKEN_COOKIE } from '../../edge/token-from-cookie.ts';
import { examples, type RouteExample } from './examples.ts';

type Json = Record<string, unknown>;

export interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: Route['tag'] }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Json;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly Json[];
  readonly parameters?: readonly {
    name: string;
    in: string;
    required: boolean;
    schema: Json;
    example?: unknown;
  }[];
  readonly requestBody?: { required: true; content: Record<string, Media> };
  readonly responses: Record<string, { description: string; content?: Record<string, Media> }>;
}

interface Media {
  /** Absent where the body is a file (§4.8.14.2: the media type says it). */
  readonly schema?: Json;
  readonly example?: unknown;
  /** Several, by their names (§4.8.14.1: never beside `example`). */
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

const TAGS: readonly Route['tag'][] = [
  'account',
  'devices',
  'server',
  'people',
  'rooms',
  'messages',
  'settings',
  'administration',
];
const DESCRIPTION = `Maru over HTTP. Live events come over WebSocket: ask \`POST /v1/sessions\` or \`GET /v1/gateway\`
where, connect with the subprotocol \`maru.v1\`, and say the ticket in \`hello\`. Where no WebSocket gets through,
\`POST /v1/poll\` carries the same frames. Every error has the form of \`Error\`;
its \`code\` says what it is, \`retryable\` whether trying again may help, and \`retryAfterMs\` when.`;

/** The API as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1), from the schemas by which requests are checked. */
export function describeApi(version: string): OpenApi {
  const schemas = createSchemas();
  const paths: Record<string, Record<string, Operation>> = {};
  for (const contract of Object.values<Route>(routes)) {
    paths[contract.path] ??= {};
    const operations = paths[contract.path] ?? {};
    operations[contract.method.toLowerCase()] = operation(contract, exampleOf(contract), schemas.of);
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Maru', version, description: DESCRIPTION.replaceAll('\n', ' ') },
    tags: TAGS.map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.named,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: SECURE_TOKEN_COOKIE,
          description: `By https. Without it the name is \`${TOKEN_COOKIE}\`.`,
        },
      },
    },
  };
}

function exampleOf({ name }: Route): RouteExample {
  return new Map<string, RouteExample>(Object.entries(examples)).get(name) ?? {};
}

/** JSON Schema of Zod schemas; those that many routes share stand once, under a name. */
function createSchemas(): { of: (schema: z.ZodType) => Json; named: Record<string, Json> } {
  const shared = z.registry<{ id: string }>();
  shared.add(errorBody, { id: 'Error' });
  shared.add(event, { id: 'Event' });
  shared.add(anyContent, { id: 'Content' });
  shared.add(routes.getRoom.response as z.ZodType, { id: 'Room' });
  const named: Record<string, Json> = {};
  const of = (schema: z.ZodType): Json => {
    const json = JSON.stringify(
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', metadata: shared }),
    );
    const { $schema, $defs, id, ...rest } = JSON.parse(
      json.replaceAll('"#/$defs/', '"#/components/schemas/'),
    );
    for (const [name, { id: _, ...definition }] of Object.entries<Json>($defs ?? {}))
      named[name] = definition;
    if (id === undefined) return rest;
    named[id] = rest;
    return { $ref: `#/components/schemas/${id}` };
  };
  return { of, named };
}

function operation(contract: Route, example: RouteExample, schemaOf: (schema: z.ZodType) => Json): Operation {
  const parameters = [
    ...parametersIn('path', contract.params, example.params, schemaOf),
    ...parametersIn('query', contract.query, example.query, schemaOf),
  ];
  return {
    operationId: contract.name,
    summary: contract.summary,
    tags: [contract.tag],
    security: contract.access === 'anyone' ? [] : [{ token: [] }, { cookie: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(contract.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': requestMedia(schemaOf(contract.body), example) },
          },
        }),
    ...(contract.upload === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: Object.fromEntries(contract.upload.types.map((type) => [type, {}])),
          },
        }),
    responses: { ...success(contract, example, schemaOf), ...failures(contract, schemaOf) },
  };
}

function parametersIn(
  where: 'path' | 'query',
  schema: z.ZodType | undefined,
  example: Readonly<Record<string, unknown>> = {},
  schemaOf: (schema: z.ZodType) => Json,
) {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(schema.shape).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || !field.safeParse(undefined).success,
    schema: schemaOf(field),
    ...(name in example ? { example: example[name] } : {}),
  }));
}

function media(schema: Json, example: unknown): Media {
  return example === undefined ? { schema } : { schema, example };
}

function requestMedia(schema: Json, { body, bodies }: RouteExample): Media {
  if (bodies === undefined) return media(schema, body);
  const named = Object.entries(bodies).map(([name, value]) => [name, { value }] as const);
  return { schema, examples: Object.fromEntries(named) };
}

function success(contract: Route, example: RouteExample, schemaOf: (schema: z.ZodType) => Json) {
  if (contract.response !== undefined) {
    const content = { 'application/json': media(schemaOf(contract.response), example.response) };
    return { [contract.status ?? 200]: { description: 'Done.', content } };
  }
  if (contract.download !== undefined) {
    return {
      200: { description: 'The file.', content: { [contract.download]: {} } },
      304: { description: 'It is the one that `If-None-Match` names.' },
    };
  }
  if (contract.name !== routes.getBody.name) return { [contract.status ?? 204]: { description: 'Done.' } };
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Content' } } };
  return { 200: { description: 'The whole content, as the bytes that its hash is over.', content } };
}

function failures(contract: Route, schemaOf: (schema: z.ZodType) => Json): Operation['responses'] {
  const codes = new Set<ErrorCode>([
    'bad-request',
    'rate-limited',
    'storage-unavailable',
    'internal',
    ...(contract.errors ?? []),
  ]);
  if (contract.upload !== undefined) codes.add('busy');
  if (contract.body !== undefined) codes.add('not-json').add('frame-too-large').add('busy');
  if (contract.access !== 'anyone') codes.add('unauthorized').add('account-suspended');
  if (contract.method !== 'GET') codes.add('origin-refused');
  if (contract.access === 'administrator') codes.add('forbidden');
  const byStatus = Map.groupBy(codes, (code) => errors[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.join(', '),
        content: { 'application/json': media(schemaOf(errorBody), undefined) },
      },
    ]),
  );
}
