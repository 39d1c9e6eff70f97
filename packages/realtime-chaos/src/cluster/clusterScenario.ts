import type { Scenario, ScenarioContext, ScenarioResult } from '../scenario.ts';
import { type Peer, roomcast, stockPeers } from './peers.ts';

export interface ClusterScenario extends Omit<Scenario, 'run' | 'peers'> {
  run(peer: Peer, context: ScenarioContext): Promise<ScenarioResult>;
}

/** A scenario of many nodes, which Socket.IO alone goes through as well. */
export function clusterScenario({ run, ...scenario }: ClusterScenario): Scenario {
  const peers = stockPeers.map((peer) => [
    peer.name,
    (context: ScenarioContext) => run(peer, context),
  ]);
  return {
    ...scenario,
    run: (context) => run(roomcast, context),
    peers: Object.fromEntries(peers),
  };
}
