// The names that a file gives to its tests, read from its syntax: a string that only looks like a name is none.

import { parseSync } from 'oxc-parser';

const CALLED = new Set(['test', 'describe', 'it']);
const SWITCHED_OFF = new Set(['skip', 'todo']);
/** A name that is what a row of the table says. */
const FROM_TABLE = /^[%$]/;

/**
 * @typedef {object} TestTitle
 * @property {string} text as written, up to the first `${…}`
 * @property {number} line from 1
 * @property {boolean} off whether it, or what it stands in, is switched off in the source
 */

/** @typedef {{ readonly text: string, readonly start: number }} Text a string of the source, and where it begins */

/** @typedef {{ type: string, start: number, [key: string]: unknown }} Node */

/**
 * The titles of a file's tests and of their groups: `test('…')`, `describe.skipIf(…)('…')`, `test.each(table)('…')`. A
 * title may be chosen (`a ? '…' : '…'`), put together, wrapped in a call, or a constant of the file.
 *
 * @param {string} file its name tells the dialect
 * @param {string} source
 * @returns {{ titles: TestTitle[], others: { text: string, line: number }[] }} with all strings that are no title
 */
export function testTitles(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors[0] !== undefined) throw new Error(`${file} can't be read: ${errors[0].message}`);
  const root = /** @type {Node} */ (/** @type {unknown} */ (program));
  const constants = constantsOf(root);
  /** @type {TestTitle[]} */
  const titles = [];
  /** @type {Set<number>} */
  const places = new Set();
  visit(root, false);
  const others = stringsIn(root).filter(({ start }) => !places.has(start));
  return { titles, others: others.map(({ text, start }) => ({ text, line: lineAt(source, start) })) };

  /** @param {Node} node @param {boolean} within whether it stands in what is switched off */
  function visit(node, within) {
    const call = testCall(node);
    const off = within || call?.off === true;
    for (const { text, start } of call?.titles ?? []) {
      titles.push({ text, line: lineAt(source, start), off });
      places.add(start);
    }
    for (const child of childrenOf(node)) visit(child, off);
  }

  /** @param {Node} node */
  function testCall(node) {
    if (node.type !== 'CallExpression') return undefined;
    const { names, tables } = chainOf(asNode(node.callee));
    const [title] = nodesOf(node.arguments);
    if (!CALLED.has(names[0] ?? '') || title === undefined) return undefined;
    const own = textsOf(title, constants);
    const rows = own.some(({ text }) => FROM_TABLE.test(text)) ? tables.flatMap(stringsIn) : [];
    return { titles: [...own, ...rows], off: names.some((name) => SWITCHED_OFF.has(name)) };
  }
}

/**
 * `test.skipIf(why).each(rows)`: the names from left to right, and what was handed to `each`.
 * @param {Node | undefined} callee
 * @returns {{ names: string[], tables: Node[] }}
 */
function chainOf(callee) {
  if (callee?.type === 'Identifier') return { names: [String(callee.name)], tables: [] };
  if (callee?.type === 'MemberExpression') {
    const { names, tables } = chainOf(asNode(callee.object));
    return { names: [...names, String(asNode(callee.property)?.name)], tables };
  }
  if (callee?.type !== 'CallExpression') return { names: [], tables: [] };
  const { names, tables } = chainOf(asNode(callee.callee));
  return { names, tables: names.at(-1) === 'each' ? [...tables, ...nodesOf(callee.arguments)] : tables };
}

/**
 * What a title may begin with.
 * @param {Node} node
 * @param {ReadonlyMap<string, Node>} constants
 * @returns {Text[]}
 */
function textsOf(node, constants) {
  /** @param {unknown} value */
  const of = (value) => nodesOf([value]).flatMap((each) => textsOf(each, constants));
  switch (node.type) {
    case 'Literal':
    case 'TemplateLiteral': {
      const text = textOf(node);
      return text === '' ? of(nodesOf(node.expressions)[0]) : [{ text: text ?? '', start: node.start }];
    }
    case 'ConditionalExpression':
      return [...of(node.consequent), ...of(node.alternate)];
    case 'BinaryExpression':
      return of(node.left);
    case 'CallExpression':
      return nodesOf(node.arguments).flatMap(of);
    case 'Identifier': {
      const constant = constants.get(String(node.name));
      return constant?.type === 'Identifier' ? [] : of(constant);
    }
    default:
      return [];
  }
}

/** A string, or a template's beginning. @param {Node} node @returns {string | undefined} */
function textOf(node) {
  if (node.type === 'TemplateLiteral') return String(asNode(nodesOf(node.quasis)[0]?.value)?.cooked);
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** @param {Node} node @returns {Text[]} */
function stringsIn(node) {
  const text = textOf(node);
  const own = text === undefined ? [] : [{ text, start: node.start }];
  return [...own, ...childrenOf(node).flatMap(stringsIn)];
}

/** The constants of a file with what they are. @param {Node} root @returns {Map<string, Node>} */
function constantsOf(root) {
  /** @type {Map<string, Node>} */
  const constants = new Map();
  /** @param {Node} node */
  const visit = (node) => {
    const [id, init] = [asNode(node.id), asNode(node.init)];
    if (node.type === 'VariableDeclarator' && id?.type === 'Identifier' && init !== undefined)
      constants.set(String(id.name), init);
    childrenOf(node).forEach(visit);
  };
  visit(root);
  return constants;
}

/** @param {Node} node */
function childrenOf(node) {
  return Object.values(node).flatMap((value) => nodesOf(Array.isArray(value) ? value : [value]));
}

/** @param {unknown} values @returns {Node[]} those that are nodes */
function nodesOf(values) {
  if (!Array.isArray(values)) return [];
  return values.map(asNode).filter((node) => node !== undefined);
}

/** @param {unknown} value @returns {Node | undefined} */
function asNode(value) {
  return typeof value === 'object' && value !== null ? /** @type {Node} */ (value) : undefined;
}

/** @param {string} source @param {number} offset */
function lineAt(source, offset) {
  return source.slice(0, offset).split('\n').length;
}
