package dev.portcullis.gate.release;

import dev.portcullis.gate.decision.Decision;
import java.util.Optional;

/**
 * A decision as it was kept.
 *
 * @param number rises with every decision; orders them
 * @param analysis the analysis it rests on as one JSON object; empty when it rests on none, or when decisions are listed
 */
public record RecordedDecision(long number, Decision decision, Optional<String> analysis) {}
