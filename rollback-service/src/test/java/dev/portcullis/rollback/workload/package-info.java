/** A cluster with a workload in it, for the tests of targets. */
@NullMarked
package dev.portcullis.rollback.workload;

import org.jspecify.annotations.NullMarked;
