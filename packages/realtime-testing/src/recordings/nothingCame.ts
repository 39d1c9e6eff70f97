/** Who waited at a recording has waited in vain. */
export class NothingCame extends Error {}
