package dev.portcullis.gate.message;

import dev.portcullis.gate.analysis.Figures;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened and may be told.
 *
 * @param event what
 * @param subject the release
 * @param actor who did it; "gate" when Portcullis did
 * @param text one or two sentences for an engineer
 * @param figures what it rests on; empty when it rests on no judgement
 * @param rollbackWanted whether an aborted release is taken back by Portcullis; if not, whoever aborted it has taken it back
 * @param time when
 */
public record News(
        MessageEvent event,
        MessageSubject subject,
        String actor,
        String text,
        Optional<Figures> figures,
        boolean rollbackWanted,
        Instant time) {}
