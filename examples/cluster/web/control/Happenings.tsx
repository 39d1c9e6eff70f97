import type { ClusterState } from '../../shared/controlContract.ts';

const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });

/** What happened to processes, the newest first. */
export function Happenings({ list }: { list: ClusterState['happenings'] }) {
  return (
    <section className="panel" aria-labelledby="happenings">
      <h2 id="happenings">What happened</h2>
      <ol className="happenings" aria-live="polite">
        {list.map(({ id, at, text }) => (
          <li key={id}>
            <time className="muted" dateTime={at}>
              {time.format(new Date(at))}
            </time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
