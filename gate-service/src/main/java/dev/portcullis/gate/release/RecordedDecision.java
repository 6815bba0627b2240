package dev.portcullis.gate.release;

import dev.portcullis.gate.decision.Decision;

/**
 * A decision in the order in which they were kept.
 *
 * @param number rises with every decision
 */
public record RecordedDecision(long number, Decision decision) {}
