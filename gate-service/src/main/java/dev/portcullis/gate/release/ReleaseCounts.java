package dev.portcullis.gate.release;

/**
 * How many releases there are of some services.
 *
 * @param open that are open
 * @param held of these, whose latest decision is a HOLD, or that have none yet
 * @param promotable of the open ones, whose latest decision is a PROMOTE
 * @param promoted that were promoted lately
 * @param aborted that were aborted lately
 */
public record ReleaseCounts(long open, long held, long promotable, long promoted, long aborted) {}
