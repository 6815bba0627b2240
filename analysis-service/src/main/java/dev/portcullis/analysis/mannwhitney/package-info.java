/**
 * The comparison judge: per-window bad ratios of canary and baseline compared by the Mann-Whitney test, and a score made of
 * the outcomes, as Kayenta's {@code NetflixACAJudge} defines them. It states no error bound; it is for teams that migrate.
 *
 * <p>Source of the definitions: spinnaker/kayenta, modules {@code kayenta-judge} and {@code kayenta-mannwhitney}, and
 * {@code docs/canary-config.md}. Where this judge differs on purpose, the class says so.
 */
@NullMarked
package dev.portcullis.analysis.mannwhitney;

import org.jspecify.annotations.NullMarked;
