package dev.portcullis.rollback.usecase;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.portcullis.rollback.plan.RollbackTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets of this version by kind, each guarded against its own faults. Immutable. */
record TargetRegistry(Map<String, RollbackTarget> byKind) {
    static TargetRegistry of(List<RollbackTarget> targets) {
        return new TargetRegistry(
                targets.stream().collect(toUnmodifiableMap(RollbackTarget::kind, GuardedTarget::new)));
    }

    Optional<RollbackTarget> find(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }
}
