package dev.portcullis.rollback.usecase;

import dev.portcullis.rollback.recovery.LaterRelease;
import dev.portcullis.rollback.recovery.RecoveryAnalyses;
import dev.portcullis.rollback.recovery.RecoveryQuestion;
import dev.portcullis.rollback.recovery.RecoveryResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Findings of recovery as a test has laid them out; what is laid out last stays. */
final class ScriptedAnalyses implements RecoveryAnalyses {
    final Deque<RecoveryResult> findings = new ArrayDeque<>();
    final List<RecoveryQuestion> asked = new ArrayList<>();
    final List<RecoveryQuestion> ended = new ArrayList<>();
    LaterRelease later = new LaterRelease.None();

    void finds(RecoveryResult... next) {
        findings.clear();
        findings.addAll(List.of(next));
    }

    @Override
    public RecoveryResult ask(RecoveryQuestion question) {
        asked.add(question);
        return findings.size() > 1 ? findings.remove() : findings.element();
    }

    @Override
    public void end(RecoveryQuestion question, String why) {
        ended.add(question);
    }

    @Override
    public LaterRelease laterRelease(String service, Instant moment) {
        return later;
    }
}
