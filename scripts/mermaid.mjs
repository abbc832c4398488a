// What check-docs looks at in Mermaid diagrams (https://mermaid.js.org/syntax/flowchart.html, …/sequenceDiagram.html).

/**
 * @typedef {object} Diagram
 * @property {number} line of its opening fence, from 1
 * @property {number} end of its closing fence
 * @property {string[]} lines between the two
 */

/** @param {string} text @returns {Generator<Diagram>} */
export function* diagramsOf(text) {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const fence = /^\s*(```+|~~~+)(.*)$/.exec(lines[at] ?? '');
    if (fence === null) continue;
    const begin = at;
    do at++;
    while (at < lines.length && !(lines[at] ?? '').trim().startsWith(fence[1] ?? ''));
    if (!/^\s*mermaid\b/.test(fence[2] ?? '')) continue;
    yield { line: begin + 1, end: at + 1, lines: lines.slice(begin + 1, at) };
  }
}

/** `click A "path"`, `click A href "path"`; `link A: Label @ path`; `links A: {"Label": "path"}`. */
/** @param {Diagram} diagram @returns {{ line: number, target: string }[]} */
export function linksOfDiagram({ line, lines }) {
  return lines.flatMap((text, index) => {
    const click = /^\s*click\s+\S+\s+(?:href\s+)?"([^"]+)"/.exec(text)?.[1];
    const link = /^\s*link\s+[^:]+:[^@]*@\s*(\S+)/.exec(text)?.[1];
    const links = [...(/^\s*links\s+[^:]+:\s*\{(.*)\}/.exec(text)?.[1]?.matchAll(/:\s*"([^"]+)"/g) ?? [])];
    const targets = [click, link, ...links.map(([, target]) => target)];
    return targets.flatMap((target) => (target === undefined ? [] : [{ line: line + 1 + index, target }]));
  });
}

/** How many messages a sequence with `autonumber` has; 0 for every other diagram. @param {Diagram} diagram */
export function stepsOf({ lines }) {
  const isNumbered = lines.some((line) => line.trim() === 'autonumber');
  if (!isNumbered || !lines.some((line) => line.trim() === 'sequenceDiagram')) return 0;
  return lines.filter((line) => /^\s*[\w-]+\s*(?:<<)?--?(?:>>?|x|\))\s*[+-]?\s*[\w-]+\s*:/.test(line)).length;
}
