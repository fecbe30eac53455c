package io.durable4j.internal.session;

/** What a worker keeps of an instance between its turns. */
public enum SessionLevel {
  /** Nothing: each turn loads, decodes and replays. */
  OFF,
  /** The decoded history, with what replays remember. */
  WARM,
  /** Also the orchestrator itself, parked on a thread of its own. */
  LIVE
}
