/** What a write comes to that must leave no trace: whoever began the transaction rolls it back and gives `outcome`. */
export class RolledBack extends Error {
  readonly outcome: unknown;

  constructor(outcome: unknown) {
    super('rolled back');
    this.outcome = outcome;
  }
}
