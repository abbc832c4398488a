/** What the wire looks like, as one number for each message (`[WIRE4]`). */
import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod';
import { downFrame } from '../down.ts';
import { closeCodes, errors } from '../errors.ts';
import type { Route } from '../http/route.ts';
import { routes } from '../http/routes.ts';
import { settingValues } from '../own-settings.ts';
import { upFrame } from '../up.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../version.ts';

export interface WireLock {
  readonly version: number;
  /** Over all parts. */
  readonly sha256: string;
  /** Of each frame, route and table, so that a difference says where it is. */
  readonly parts: { readonly [part: string]: string };
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
interface JsonSchema {
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: { readonly [field: string]: { readonly const?: unknown } };
}

/** The lock of the schemas as they stand in the source. */
export function wireLock(): WireLock {
  const parts: Record<string, string> = {};
  for (const [name, part] of wireParts()) {
    if (name in parts) throw new Error(`two parts of the wire are called ${name}`);
    parts[name] = hashOf(part).slice(0, 16);
  }
  return { version: PROTOCOL_VERSION, sha256: hashOf(parts), parts: Object.fromEntries(inOrder(parts)) };
}

/** What changed between two locks, one line each. */
export function differences(from: WireLock, to: WireLock): string[] {
  const names = inOrder({ ...from.parts, ...to.parts }).map(([name]) => name);
  return names.flatMap((name) => {
    if (from.parts[name] === to.parts[name]) return [];
    if (from.parts[name] === undefined) return [`new: ${name}`];
    return [`${to.parts[name] === undefined ? 'gone' : 'changed'}: ${name}`];
  });
}

function* wireParts(): Generator<[string, unknown]> {
  yield ['version', { PROTOCOL_VERSION, SUBPROTOCOL }];
  yield ['errors', errors];
  yield ['closeCodes', closeCodes];
  for (const frame of alternatives(schemaOf(upFrame))) yield [`up ${nameOf(frame)}`, frame];
  for (const frame of alternatives(schemaOf(downFrame))) yield [`down ${nameOf(frame)}`, frame];
  for (const [name, value] of Object.entries(settingValues)) yield [`setting ${name}`, schemaOf(value)];
  for (const [name, route] of Object.entries<Route>(routes)) {
    const { method, path, access, status, upload, download, errors: codes } = route;
    const schemas = [route.params, route.query, route.body, route.response].map(
      (part) => part && schemaOf(part),
    );
    yield [`http ${name}`, { method, path, access, status, upload, download, codes, schemas }];
  }
}

function schemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input' }) as JsonSchema;
}

/** The frames of a union of unions. */
function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  return (schema.oneOf ?? schema.anyOf)?.flatMap(alternatives) ?? [schema];
}

/** The constants of a frame tell it apart: its kind, and of a `create` the kind of room. */
function nameOf({ properties = {} }: JsonSchema): string {
  return Object.values(properties)
    .flatMap((field) => (typeof field.const === 'string' ? [field.const] : []))
    .join(' ');
}

function hashOf(part: unknown): string {
  return sha256(new TextEncoder().encode(JSON.stringify(sorted(part)))).toHex();
}

/** The order in which a schema's fields are written says nothing. */
function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map((item) => sorted(item ?? null));
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
  const fields = inOrder(value as { readonly [name: string]: unknown }).filter(
    ([, field]) => field !== undefined,
  );
  return Object.fromEntries(fields.map(([name, field]) => [name, sorted(field)]));
}

function inOrder<T>(fields: { readonly [name: string]: T }): [string, T][] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}
