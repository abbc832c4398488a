/** Memberships that began before: who goes and comes back between two events of a channel has one of them. */
export function earlierMemberships<M extends { readonly joined: number }>(
  memberships: readonly M[],
  joined: number,
): readonly M[] {
  return memberships.at(-1)?.joined === joined ? memberships.slice(0, -1) : memberships;
}
