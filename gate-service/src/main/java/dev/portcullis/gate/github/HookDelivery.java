package dev.portcullis.gate.github;

import java.time.Instant;

/**
 * An attempt of GitHub to deliver a webhook. Immutable.
 *
 * @param id of the attempt
 * @param webhook GitHub's id of what was to be delivered, the same in each attempt
 * @param at when
 * @param taken whether it was answered with 2xx
 */
public record HookDelivery(long id, String webhook, Instant at, boolean taken) {}
