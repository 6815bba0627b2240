package dev.portcullis.launcher.kayenta;

import java.util.Optional;

/**
 * What a canary config does not say and an import has to know.
 *
 * @param service of the policy; the config's application when empty
 * @param armsLabel the label whose value tells canary from stable; found in the queries when empty
 * @param location what stands for {@code ${location}} in queries
 * @param target of the SLOs: the ratio of good requests, above 0 and below 1, as it was written
 * @param sequential whether the policy is for the sequential judge, and not for Kayenta's
 */
public record ImportSettings(
        Optional<String> service,
        Optional<String> armsLabel,
        Optional<String> location,
        String target,
        boolean sequential) {}
