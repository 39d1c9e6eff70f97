// Writes the recorded day anew: `pnpm --filter @roomcast/example-ticketing generate-day`.
import { writeFile } from 'node:fs/promises';
import { generateDay } from './generateDay.ts';
import { recordedDayFile, writeDeliveries } from './recordedDelivery.ts';

const deliveries = generateDay();
await writeFile(recordedDayFile, writeDeliveries(deliveries));
console.log(`${deliveries.length} deliveries in ${recordedDayFile}`);
