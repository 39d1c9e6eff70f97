import { type ReactNode, useState } from 'react';
import type { Recorder } from '../recording/recorder.ts';
import { ConnectionView } from './ConnectionView.tsx';
import { EventsView } from './EventsView.tsx';
import { RequestsView } from './RequestsView.tsx';
import { RoomsView } from './RoomsView.tsx';
import { Tabs } from './Tabs.tsx';
import { TimelineStrip } from './TimelineStrip.tsx';
import { useRecording } from './useRecording.ts';
import { useTick } from './useTick.ts';

const views = {
  Events: EventsView,
  Rooms: RoomsView,
  Connection: ConnectionView,
  Requests: RequestsView,
} as const;

type ViewName = keyof typeof views;

const names = Object.keys(views) as ViewName[];

/** The open panel. */
export function Panel({ recorder }: { recorder: Recorder }): ReactNode {
  useRecording(recorder);
  // Rooms are given up, and states go on, without anything that could be recorded.
  useTick(recorder.clock);
  const [selected, setSelected] = useState<ViewName>('Events');
  const View = views[selected];
  const { isPaused, states, nowMs } = recorder;
  return (
    <section className="panel" id="devtools" aria-label="Roomcast devtools">
      <header>
        <Tabs<ViewName> tabs={names} selected={selected} onSelect={setSelected} />
        <span className="tools">
          <button type="button" aria-pressed={isPaused} onClick={() => recorder.pause(!isPaused)}>
            {isPaused ? 'Resume' : 'Pause'}
          </button>
          <button type="button" onClick={() => recorder.clear()}>
            Clear
          </button>
        </span>
      </header>
      <TimelineStrip states={states} nowMs={nowMs} />
      <div className="view" role="tabpanel" id="panel" aria-labelledby={`tab-${selected}`}>
        <View recorder={recorder} />
      </div>
    </section>
  );
}
