import type { ClusterCounters } from '../../shared/controlContract.ts';

/** What was published, and what became of it. */
export function Counters({ counters }: { counters: ClusterCounters }) {
  const { published, watchers, delivered, onTheWay, lost, twice } = counters;
  return (
    <section className="panel" aria-labelledby="counters">
      <h2 id="counters">Counters</h2>
      <dl className="counters">
        <Counter name="published" value={published} text="in the log of the six events" />
        <Counter
          name="delivered"
          value={delivered}
          text={`to ${watchers} connections that watch`}
        />
        <Counter name="on-the-way" label="on the way" value={onTheWay} text="not there yet" />
        <Counter name="lost" value={lost} text="passed, and never heard" isBad={lost > 0} />
        <Counter name="twice" value={twice} text="heard again" isBad={twice > 0} />
      </dl>
      <p className="visually-hidden" role="status">
        {lost === 0 ? 'Nothing is lost.' : `${lost} are lost.`}
      </p>
    </section>
  );
}

interface CounterProps {
  readonly name: string;
  readonly label?: string;
  readonly value: number;
  /** What it counts. */
  readonly text: string;
  readonly isBad?: boolean;
}

function Counter({ name, label = name, value, text, isBad = false }: CounterProps) {
  return (
    <div data-bad={isBad || undefined}>
      <dt>{label}</dt>
      <dd>
        <output className="counter-value" data-testid={name} aria-live="off">
          {value}
        </output>
        <span className="muted">{text}</span>
      </dd>
    </div>
  );
}
