import { ackId, type Reaction } from './wireCase.ts';

/** The number under which it is asked whether the connection is still there. */
export const probeId = 99_999;
/** A sound request, by what is open. */
export const probes = {
  bytes: `42${probeId}["ping"]`,
  engine: '40{}',
  plain: `42${probeId}["ping"]`,
  framed: `42${probeId}["roomcast:leave",[]]`,
} as const;

export type ProbedDoor = keyof typeof probes;

export function isProbeAnswer(text: string): boolean {
  return text.startsWith(`43${probeId}[`) || text.startsWith('40{');
}

/** What a message says of the case; null where it is about something else. */
export function answerIn(text: string): Reaction | null {
  const [, refusal] = /^44(?:\/[^,]*,)?(.*)$/s.exec(text) ?? [];
  if (refusal) {
    const { message: words, data } = JSON.parse(refusal);
    return `refused ${data?.code ?? words}`;
  }
  if (new RegExp(`^4[36](\\d+-)?${ackId}\\[`).test(text) && !text.startsWith('43'))
    return 'answered';
  const [, list] = new RegExp(`^43${ackId}(\\[.*)$`, 's').exec(text) ?? [];
  if (!list) return null;
  const [{ ok, value, error }] = JSON.parse(list);
  if (!ok) return `refused ${error.code}`;
  const first = Array.isArray(value) ? value[0] : null;
  return first?.status === 'refused' ? `refused ${first.error.code}` : 'answered';
}
