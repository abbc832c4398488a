import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { LIVE_CHANNEL, SOMEBODY_ASKS, VIEWS_STATEMENTS } from './views-schema.ts';

test.each([
  [`${SOMEBODY_ASKS} AND instr(facts, ?) > 0`, 'SCAN rooms USING INDEX rooms_asked'],
  [`creator = ? AND ${LIVE_CHANNEL}`, 'SEARCH rooms USING INDEX channels_made (creator=?)'],
])('[LINK4][CHANNEL7] rooms are found by an index, however many others there are: %s', (where, how) => {
  using database = new Database(':memory:');
  for (const statement of VIEWS_STATEMENTS) database.exec(statement);
  const sql = `EXPLAIN QUERY PLAN SELECT room FROM rooms WHERE ${where}`;
  expect(database.query<{ detail: string }, string>(sql).all('x')).toMatchObject([{ detail: how }]);
});
