package dev.portcullis.rollback.cluster;

/**
 * The object that a {@link Notice} is left at.
 *
 * @param cluster its cluster's name in the configuration
 * @param uid another object of the same name is not meant
 */
public record NoticePlace(String cluster, ResourceKind kind, String namespace, String name, String uid) {}
