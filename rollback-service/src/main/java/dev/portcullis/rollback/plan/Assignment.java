package dev.portcullis.rollback.plan;

/**
 * What a target is told of a rollback.
 *
 * @param rollback resource name, "rollbacks/{uuid}"
 * @param idempotencyKey the same for every try of one rollback, also after a crash; two rollbacks never share one
 * @param order what is wanted
 * @param target where, as configured when the rollback started
 */
public record Assignment(String rollback, String idempotencyKey, ReturnOrder order, TargetSettings target) {}
