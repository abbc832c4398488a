import type { OpenApi, Operation } from './describe-api.ts';

/** The look of the API page. Its hash stands in the page's policy. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem }
h2 { margin: 2rem 0 .5rem; text-transform: capitalize }
details { border: 1px solid #8886; border-radius: .5rem; margin: .5rem 0; padding: .25rem .75rem }
summary { cursor: pointer; padding: .25rem 0 }
code, pre { font: .9rem/1.4 ui-monospace, monospace }
pre { overflow-x: auto; padding: .75rem; border-radius: .5rem; background: #8882 }
table { border-collapse: collapse; width: 100% }
td, th { text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0; border-top: 1px solid #8884 }
.method { display: inline-block; min-width: 4rem; font-weight: 700 }
`;

/** The description as a page to read: no script, nothing loaded from anywhere. */
export function docsPage(api: OpenApi): string {
  const sections = api.tags.map(({ name }) => {
    const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.tags.includes(name))
        .map(([method, operation]) => operationBlock(method.toUpperCase(), path, operation)),
    );
    return `<h2 id="${name}">${name}</h2>\n${operations.join('\n')}`;
  });
  const schemas = Object.entries(api.components.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${name}"><summary><code>${name}</code></summary>${json(schema)}</details>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(api.info.title)}: the API</title><style>${DOCS_STYLE}</style></head>
<body>
<main>
<h1>${escapeHtml(api.info.title)} ${escapeHtml(api.info.version)}: the API</h1>
<p>${prose(api.info.description)}</p>
<p>For programs: <a href="v1/openapi.json">openapi.json</a></p>
${sections.join('\n')}
<h2 id="schemas">Shared schemas</h2>
${schemas.join('\n')}
</main>
</body>
</html>
`;
}

function operationBlock(method: string, path: string, operation: Operation): string {
  const { summary, security, parameters = [], requestBody, responses, operationId } = operation;
  return [
    `<details id="${operationId}"><summary><span class="method">${method}</span> <code>${escapeHtml(path)}</code>`,
    ` — ${escapeHtml(summary)}</summary>`,
    security.length === 0 ? '<p>For anyone.</p>' : '<p>Needs a token.</p>',
    parameters.length === 0 ? '' : parameterTable(parameters),
    requestBody === undefined ? '' : `<h3>Request</h3>${contentBlock(requestBody.content)}`,
    '<h3>Answers</h3><table>',
    ...Object.entries(responses).map(([status, { description, content }]) => {
      const shown = Number(status) < 400 && content !== undefined ? contentBlock(content) : '';
      return `<tr><th>${status}</th><td>${escapeHtml(description)}${shown}</td></tr>`;
    }),
    '</table></details>',
  ].join('');
}

function parameterTable(parameters: NonNullable<Operation['parameters']>): string {
  const rows = parameters.map(({ name, in: where, required, schema, example }) => {
    const cells = [name, where, required ? 'required' : 'optional', JSON.stringify(schema), example ?? ''];
    return `<tr>${cells.map((cell) => `<td><code>${escapeHtml(String(cell))}</code></td>`).join('')}</tr>`;
  });
  return `<h3>Parameters</h3><table>${rows.join('')}</table>`;
}

type Content = NonNullable<Operation['requestBody']>['content'];

function contentBlock(content: Content): string {
  const body = content['application/json'];
  return body === undefined ? `<p>A file: ${Object.keys(content).join(', ')}.</p>` : mediaBlock(body);
}

function mediaBlock({ schema, example, examples = {} }: Content[string]): string {
  const named = Object.entries(examples).map(
    ([name, { value }]) => `<details><summary>${escapeHtml(name)}</summary>${json(value)}</details>`,
  );
  const shown = example === undefined ? named.join('') : json(example);
  return `${shown}<details><summary>Schema</summary>${json(schema)}</details>`;
}

function json(value: unknown): string {
  const text = escapeHtml(JSON.stringify(value, null, 2));
  return `<pre>${text.replaceAll(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">$1</a>')}</pre>`;
}

function prose(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
