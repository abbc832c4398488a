import { parseSync } from 'oxc-parser';

/** Attributes whose values people see or hear. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'alt',
  'label',
  'placeholder',
  'title',
  'text',
  'hint',
  'error',
]);
/** Letters of any script: signs and numbers are the same in every language. */
const WORDS = /\p{L}/u;

/** A place that says something of the catalogues. */
export interface TextUse {
  readonly where: string;
  /** Which texts it may be: one where the key is written out. */
  readonly pattern: RegExp;
  /** What it is filled in with; `undefined` where that is not written there. */
  readonly given: readonly string[] | undefined;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** What a source file says to people: by the catalogues, and past them. */
export function textsInCode(file: string, source: string): { uses: TextUse[]; literals: string[] } {
  const uses: TextUse[] = [];
  const literals: string[] = [];
  const at = (node: Node) => `${file}:${source.slice(0, node.start).split('\n').length}`;
  const visit = (node: Node) => {
    if (node.type === 'JSXText' && WORDS.test(String(node.value)))
      literals.push(`${at(node)} ${String(node.value).trim()}`);
    if (node.type === 'JSXAttribute' && SPOKEN.has(String((node.name as Node).name)))
      for (const spoken of saidBy(node.value as Node | null)) literals.push(`${at(node)} ${spoken}`);
    if (node.type === 'JSXExpressionContainer' && !attributes.has(node))
      for (const spoken of saidBy(node)) literals.push(`${at(node)} ${spoken}`);
    const key = keyOf(node);
    if (key !== undefined)
      uses.push({ where: `${at(node)} ${key.shown}`, pattern: key.pattern, given: key.given });
  };
  const attributes = new Set<unknown>();
  walk(parseSync(file, source).program as unknown as Node, (node) => {
    if (node.type === 'JSXAttribute') attributes.add(node.value);
    visit(node);
  });
  return { uses, literals };
}

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && typeof node.type === 'string') visit(node as Node);
  for (const inner of Object.values(node)) walk(inner, visit);
}

/** The words that an expression may come to by itself, whichever way it goes. */
function saidBy(node: Node | null): string[] {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' && WORDS.test(node.value) ? [node.value] : [];
    case 'TemplateLiteral':
      return (node.quasis as { value: { raw: string } }[])
        .map(({ value }) => value.raw)
        .filter((part) => WORDS.test(part));
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
      return saidBy(node.expression as Node);
    case 'ConditionalExpression':
      return [...saidBy(node.consequent as Node), ...saidBy(node.alternate as Node)];
    case 'LogicalExpression':
      return [...saidBy(node.left as Node), ...saidBy(node.right as Node)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...saidBy(node.left as Node), ...saidBy(node.right as Node)] : [];
    default:
      return [];
  }
}

/** The key of `t('key', {…})`, or of anything that looks like one: tables of keys are used elsewhere. */
function keyOf(node: Node): { shown: string; pattern: RegExp; given: string[] | undefined } | undefined {
  if (node.type === 'CallExpression' && (node.callee as Node).name === 't') {
    const [key, values] = node.arguments as Node[];
    if (key === undefined) return undefined;
    const given = givenIn(values);
    if (key.type === 'Literal')
      return { shown: String(key.value), pattern: exactly([String(key.value)]), given };
    if (key.type === 'TemplateLiteral') {
      const parts = (key.quasis as { value: { raw: string } }[]).map(({ value }) => value.raw);
      return { shown: parts.join('…'), pattern: exactly(parts), given };
    }
    return undefined;
  }
  if (
    node.type === 'Literal' &&
    typeof node.value === 'string' &&
    /^[a-z][A-Za-z]*(\.[\w-]+)+$/.test(node.value)
  )
    return { shown: node.value, pattern: exactly([node.value]), given: undefined };
  return undefined;
}

/** A key with something in the places between its parts. */
function exactly(parts: readonly string[]): RegExp {
  return new RegExp(`^${parts.map((part) => RegExp.escape(part)).join('[\\w-]+')}$`);
}

function givenIn(values: Node | undefined): string[] | undefined {
  if (values === undefined) return [];
  if (values.type !== 'ObjectExpression') return undefined;
  return (values.properties as Node[]).map(({ key }) => String((key as Node).name));
}
