import { expect, test } from 'bun:test';
import { judgeFileLimit } from './notice-file-limit.ts';

const limits = (files: string) =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${files.padEnd(20)} ${files.padEnd(20)} files\n`;

test.each([
  [limits('1099'), 1],
  [limits('1100'), 0],
  [limits('unlimited'), 0],
  ['', 0],
])('%j for 500 sockets an address: %d warnings', (text, count) => {
  const warnings: object[] = [];
  const warn = (fields: object) => void warnings.push(fields);
  judgeFileLimit(text, 500, { info() {}, warn, error() {} });
  expect(warnings).toHaveLength(count);
});
