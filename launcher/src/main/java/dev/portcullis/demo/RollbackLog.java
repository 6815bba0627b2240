package dev.portcullis.demo;

import java.util.ArrayList;
import java.util.List;

/** The accepted rollback calls, in order. Not thread-safe. */
final class RollbackLog {
    private final List<RollbackCall> calls = new ArrayList<>();

    void add(RollbackCall call) {
        calls.add(call);
    }

    /** Whether a call with this key was accepted before. */
    boolean knows(String key) {
        return calls.stream().anyMatch(call -> call.key().equals(key));
    }

    List<RollbackCall> calls() {
        return List.copyOf(calls);
    }
}
