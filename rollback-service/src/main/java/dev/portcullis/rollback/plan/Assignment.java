package dev.portcullis.rollback.plan;

/**
 * What a target is told of one stage of a rollback.
 *
 * @param rollback resource name, "rollbacks/{uuid}"
 * @param idempotencyKey the same for every try of one stage, also after a crash; two rollbacks never share one, nor do two stages
 * @param fence grows with every change of hands between replicas: whoever carries a smaller one is outdated
 * @param order what is wanted
 * @param target where, as pinned when the rollback was prepared
 */
public record Assignment(
        String rollback, String idempotencyKey, long fence, RollbackOrder order, TargetSettings target) {}
