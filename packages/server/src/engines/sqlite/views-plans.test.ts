import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { SOMEBODY_ASKS, VIEWS_STATEMENTS } from './views-schema.ts';

test('[LINK4] rooms in which somebody waits are found by an index, however many others there are', () => {
  using database = new Database(':memory:');
  for (const statement of VIEWS_STATEMENTS) database.exec(statement);
  const sql = `SELECT room FROM rooms WHERE ${SOMEBODY_ASKS} AND instr(facts, ?) > 0`;
  const plan = database.query<{ detail: string }, string>(`EXPLAIN QUERY PLAN ${sql}`).all('user_');
  expect(plan.map(({ detail }) => detail)).toEqual(['SCAN rooms USING INDEX rooms_asked']);
});
