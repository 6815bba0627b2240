/** Tests of the kill switch. */
@NullMarked
package dev.portcullis.rollback.target.featureflag;

import org.jspecify.annotations.NullMarked;
