import type { ReactNode } from 'react';
import { describeRecovery } from '../format/describeRecovery.ts';
import { formatTime } from '../format/formatTime.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { RecoveryRecord, RoomRecord } from '../recording/records.ts';
import { Pill } from './Pill.tsx';
import { recoveryTone } from './recoveryTone.ts';

const tones = { joined: 'good', joining: 'busy', refused: 'bad' } as const;

/** The rooms of now: who uses them, where they stand, and how they came back last. */
export function RoomsView({ recorder }: { recorder: Recorder }): ReactNode {
  const { rooms } = recorder;
  if (rooms.length === 0) return <p className="empty">The client is in no room.</p>;
  return (
    <table className="rooms">
      <thead>
        <tr>
          <th scope="col">Room</th>
          <th scope="col">State</th>
          <th scope="col">Uses</th>
          <th scope="col">Offset</th>
          <th scope="col">Revision</th>
          <th scope="col">Epoch</th>
          <th scope="col">Events</th>
          <th scope="col">Last recovery</th>
        </tr>
      </thead>
      <tbody>
        {rooms.map((room) => (
          <RoomRow key={room.name} room={room} />
        ))}
      </tbody>
    </table>
  );
}

function RoomRow({ room }: { room: RoomRecord }): ReactNode {
  const { name, status, error, position, uses, isAutomatic, recovery, delivered, dropped } = room;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Pill tone={tones[status]}>{status}</Pill> {error}
      </td>
      <td data-label="uses">{isAutomatic ? `${uses} · own` : uses}</td>
      <td data-label="offset">{position?.offset ?? '–'}</td>
      <td data-label="revision">{position?.revision ?? '–'}</td>
      <td data-label="epoch" className="epoch" title={position?.epoch}>
        {position?.epoch.slice(0, 8) ?? '–'}
      </td>
      <td data-label="events">{dropped > 0 ? `${delivered} · ${dropped} dropped` : delivered}</td>
      <td>{recovery && <Recovery record={recovery} />}</td>
    </tr>
  );
}

function Recovery({ record }: { record: RecoveryRecord }): ReactNode {
  return (
    <>
      <Pill tone={recoveryTone(record)}>{record.recovery.status}</Pill> {describeRecovery(record)}{' '}
      <time>{formatTime(record.atMs)}</time>
    </>
  );
}
