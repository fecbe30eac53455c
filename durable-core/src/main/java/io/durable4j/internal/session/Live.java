package io.durable4j.internal.session;

import io.durable4j.internal.drive.Drive;
import io.durable4j.internal.replay.LiveEpisode;

/**
 * An orchestrator that stays where it waits, with its thread.
 *
 * @param episode the orchestrator
 * @param strand its thread
 */
public record Live(LiveEpisode episode, Drive.Strand strand) {}
