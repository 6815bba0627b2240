package dev.portcullis.rollback.lifecycle;

import dev.portcullis.rollback.plan.Mode;
import dev.portcullis.rollback.plan.Plan;
import dev.portcullis.rollback.plan.RollbackOrder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A rollback looked at and pinned down but not started: the first of the two clicks.
 *
 * @param token names it; starts one rollback until it expires
 * @param order what is wanted
 * @param plan how, with every revision pinned
 * @param mode what it would be run against
 * @param caller who asked for it, as told
 * @param outlooks what was seen, one for each stage of the plan; not kept
 * @param createTime when the targets were looked at
 * @param expireTime from when on it starts nothing
 */
public record Preparation(
        UUID token,
        RollbackOrder order,
        Plan plan,
        Mode mode,
        String caller,
        List<StageOutlook> outlooks,
        Instant createTime,
        Instant expireTime) {
    public Preparation {
        outlooks = List.copyOf(outlooks);
    }

    public boolean expired(Instant now) {
        return !now.isBefore(expireTime);
    }
}
