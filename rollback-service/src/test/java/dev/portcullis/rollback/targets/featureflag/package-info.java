/** Tests of the kill switch. */
@NullMarked
package dev.portcullis.rollback.targets.featureflag;

import org.jspecify.annotations.NullMarked;
