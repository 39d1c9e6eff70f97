import type { CallClaim, CallLedger, KeyedCall, OwnedCall } from '../../callLedger.ts';

/** A way of being broken. */
export interface CallFault {
  /** What the ledger does, as the end of "a ledger that …". */
  readonly fault: string;
  /** What of a sound ledger is replaced. */
  readonly breaking: (sound: CallLedger) => Partial<CallLedger>;
  /** Promises of the suite that it breaks. */
  readonly breaks: readonly string[];
}

/** A ledger that knows calls by other names than it should. */
function naming(change: (call: KeyedCall) => Partial<KeyedCall>): CallFault['breaking'] {
  return (sound) => ({
    claim: (call, signal) => sound.claim({ ...call, ...change(call) }, signal),
  });
}

/** A ledger that answers otherwise than it should. */
function claiming(
  change: (claim: CallClaim, call: KeyedCall) => CallClaim | Promise<CallClaim>,
): CallFault['breaking'] {
  return (sound) => ({
    claim: async (call, signal) => change(await sound.claim(call, signal), call),
  });
}

/** A ledger whose calls end otherwise than they should. */
function ending(change: (owned: OwnedCall) => Partial<OwnedCall>): CallFault['breaking'] {
  return claiming((claim) => (claim.status === 'owned' ? { ...claim, ...change(claim) } : claim));
}

const fresh = (): OwnedCall => ({
  ...{ status: 'owned', retry: false },
  ...{ settle: async () => {}, abandon: async () => {} },
});

const closing =
  (close: CallLedger['close']): CallFault['breaking'] =>
  () => ({ close });

export const callFaults: readonly CallFault[] = [
  {
    fault: 'takes every call for a retry',
    breaking: ending(() => ({ retry: true })),
    breaks: [
      'a call is done by whoever claims it first, and is no retry',
      'a call is forgotten when its window is over, however it ended',
      'the calls of a caller take no more than maxCallerBytes: its oldest go first, and no others',
    ],
  },
  {
    fault: 'takes no call for a retry',
    breaking: ending(() => ({ retry: false })),
    breaks: [
      'a call that was abandoned is told to those who wait, and a retry for whoever comes later',
      'of an outcome that takes more than half of maxCallerBytes it is known that it was begun',
      'a call that was abandoned in one process is told to those who wait in another, and a retry later',
      'a call whose process is gone is handed out again as a retry, and has the second outcome',
    ],
  },
  {
    fault: 'cuts outcomes at a newline',
    breaking: ending(({ settle }) => ({
      settle: (outcome) => settle(outcome.split('\n')[0] ?? ''),
    })),
    breaks: ['a call that was settled is done, with its outcome'],
  },
  {
    fault: 'lets everybody do a call',
    breaking: () => ({ claim: async () => fresh() }),
    breaks: [
      'of many that claim a call at once one does it, and all get its outcome',
      'a key that is used with another input is a conflict, whatever became of the first',
      'a call that is being done is waited for, and its outcome told to all who wait',
      'the window of a call begins with its outcome, and a call that is being done has none',
      'a call that was settled in one process is done in another',
      'a call that is being done in one process is waited for in another',
    ],
  },
  {
    fault: 'keeps the last outcome that an owner tells',
    breaking: (sound) => {
      const last = new Map<string, string>();
      return {
        async claim(call, signal) {
          const id = `${call.caller} ${call.key}`;
          const claim = await sound.claim(call, signal);
          if (claim.status === 'done') return { ...claim, outcome: last.get(id) ?? claim.outcome };
          if (claim.status !== 'owned') return claim;
          const settle = (outcome: string) => {
            last.set(id, outcome);
            return claim.settle(outcome);
          };
          return { ...claim, settle };
        },
      };
    },
    breaks: [
      'a call has one outcome: what its owner says later is ignored',
      'what comes from an owner whose call somebody else has by then is ignored',
    ],
  },
  {
    fault: 'forgets a call that was abandoned, with what its owner says then',
    breaking: ending(({ settle }) => {
      let isAbandoned = false;
      return {
        settle: async (outcome) => (isAbandoned ? undefined : settle(outcome)),
        abandon: async () => {
          isAbandoned = true;
        },
      };
    }),
    breaks: ['a call that is settled after it was abandoned is done'],
  },
  {
    fault: 'knows one caller only',
    breaking: naming(() => ({ caller: 'user alice' })),
    breaks: ['a call is another one of another caller, of another action and with another key'],
  },
  {
    fault: 'writes callers as UTF-8',
    breaking: naming(({ caller }) => ({ caller: Buffer.from(caller).toString() })),
    breaks: ['a caller is not mistaken for another one whose name reads alike'],
  },
  {
    fault: 'lets nobody go who waits',
    breaking: (sound) => ({ claim: (call) => sound.claim(call) }),
    breaks: ['a signal ends the wait with its reason, and the call goes on'],
  },
  {
    fault: 'cannot be closed',
    breaking: closing(async () => {}),
    breaks: ['a ledger that is closed hands out no calls, and refuses whoever waits, with CLOSED'],
  },
  {
    fault: 'cannot be closed twice',
    breaking: () => {
      let isClosed = false;
      return {
        async close() {
          if (isClosed) throw new Error('It is closed already.');
          isClosed = true;
        },
      };
    },
    breaks: ['closing a ledger twice is harmless, also at the same time'],
  },
];
