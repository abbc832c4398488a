import { type ErrorBody, refusal } from '@maru/protocol';
import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** The limits that the schemas set on lists, by the list's name. */
const LIST_LIMITS: Readonly<Record<string, string>> = {
  entities: 'ENTITIES_MAX',
  mentions: 'MENTIONS_MAX',
  users: 'USERS_PER_COMMAND_MAX',
  marks: 'DELIVERED_ROOMS_MAX',
  rooms: 'LOOK_ROOMS_MAX',
  frames: 'POLL_FRAMES_MAX',
};

/** What to answer where a value hasn't the shape that its schema asks for. Names the field, and quotes nothing. */
export function shapeRefusal(error: z.ZodError): ErrorBody {
  const [first] = error.issues;
  if (first === undefined) return refusal('bad-request', 'The shape is wrong.');
  const { issue, path } = innermost(first, []);
  const field = path.join('.');
  if (field === 'kind' && issue.code === 'invalid_union') {
    return refusal('unknown-kind', 'The kind is not known here.', { field });
  }
  if (issue.code === 'too_big' && issue.origin === 'array') {
    const name = LIST_LIMITS[String(path.at(-1))];
    const value = Number(issue.maximum);
    return refusal('too-many', `${field} has more than ${value} elements.`, {
      field,
      ...(name === undefined ? {} : { limit: { name, value } }),
    });
  }
  return refusal('bad-request', `${field || 'The value'}: ${issue.message}`, field === '' ? {} : { field });
}

/** Of a union that fits nowhere, what is wrong with the branch that came closest: the one whose tag fits. */
function innermost(issue: Issue, path: readonly PropertyKey[]): { issue: Issue; path: readonly string[] } {
  const here = [...path, ...issue.path];
  if (issue.code === 'invalid_union') {
    const branch = issue.errors.find((issues) => issues.length > 0 && !issues.some(isTag));
    const [inner] = branch ?? [];
    if (inner !== undefined) return innermost(inner, here);
  }
  return { issue, path: here.map(String) };
}

function isTag(issue: Issue): boolean {
  return issue.path.length === 1 && (issue.path[0] === 'type' || issue.path[0] === 'kind');
}
