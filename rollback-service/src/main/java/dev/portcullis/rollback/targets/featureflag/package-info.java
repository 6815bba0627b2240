/** The kill switch: a feature flag switched off at LaunchDarkly, or in a flag definition of flagd (a file, or a document behind HTTP). */
@NullMarked
package dev.portcullis.rollback.targets.featureflag;

import org.jspecify.annotations.NullMarked;
