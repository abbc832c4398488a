/**
 * A place in the log: rising, without gaps in embedded mode. `(generation, number)` in one 64-bit integer in a cluster;
 * nobody but the engine and the cursor's codec takes it apart.
 */
export type Position = number & { readonly __brand: 'Position' };
