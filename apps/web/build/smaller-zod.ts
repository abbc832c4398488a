import type { Plugin } from 'vite';

const JSON_SCHEMA = /\/zod\/v4\/core\/(?:json-schema-processors|to-json-schema)\.js$/;
const EXPORTED = /^export (?:const|function) (\w+)|^export \{ \w+ as (\w+) \}/gm;
/** What is not in the page stands for itself: with what, by the end of a module's path. */
const INSTEAD: readonly (readonly [RegExp, string])[] = [
  // Data with cycles: what comes out of JSON, or out of a browser's store, has none.
  [
    /\/zod\/v4\/core\/memoizer\.js$/,
    [
      'export class $ZodCyclicError extends Error {}',
      'export const memoizer = () => undefined;',
      'export const isRecursiveSchema = () => false;',
      'export const isBackEdge = () => false;',
    ].join('\n'),
  ],
  // Zod's own English sentences: people read the catalogues'.
  [/\/zod\/v4\/locales\/en\.js$/, `export default () => ({ localeError: () => 'invalid' });`],
];

/**
 * Leaves out of a page what Zod brings with every schema and no page needs: to say schemas as JSON Schema, data with
 * cycles, and sentences about what is wrong. It is 9 KB gzipped of the first JavaScript.
 */
export function smallerZod(): Plugin {
  return {
    name: 'maru-smaller-zod',
    enforce: 'pre',
    transform(source, id) {
      const [, instead] = INSTEAD.find(([module]) => module.test(id)) ?? [];
      if (instead !== undefined) return { code: instead, map: null };
      if (!JSON_SCHEMA.test(id)) return undefined;
      const names = [...source.matchAll(EXPORTED)].map(([, name, other]) => name ?? other);
      const code = ['const unused = () => unused;', ...names.map((name) => `export { unused as ${name} };`)];
      return { code: code.join('\n'), map: null };
    },
  };
}
