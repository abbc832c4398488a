import { expect, test } from 'bun:test';
import { table } from './table.ts';

test('columns stand under each other, whatever is in them', () => {
  expect(
    table([
      ['HANDLE', 'NAME', 'STATE'],
      ['ada', '김하늘', 'active'],
      ['a_long_handle', '👩‍👩‍👧', ''],
    ]),
  ).toEqual(['HANDLE         NAME    STATE', 'ada            김하늘  active', 'a_long_handle  👩‍👩‍👧']);
});
