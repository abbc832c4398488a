/** Each part of a story has its own chance, so that one more changes none of the others. */

/** Begins the chance of what happens beside the story. */
export const BESIDE = 0x9e37_79b9;
/** And of who asks, answers and blocks. */
export const RELATING = 0x85eb_ca6b;
/** And the chance of what people keep for themselves. */
export const BESIDE_OWN = 0xc2b2_ae35;
/** And of roles, rights and links. */
export const GROUPS = 0x27d4_eb2f;
/** And of profiles. */
export const PROFILES = 0x1656_67b1;
/** And of channels. */
export const CHANNELS = 0x94d0_49bb;
/** And of answers, reactions and pins. */
export const TALKING = 0x1b87_3593;
/** And of what is sent on. */
export const FORWARDING = 0xe654_6b64;
