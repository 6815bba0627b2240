/** A Kubernetes API server for tests, and the tests of the way to one. */
@NullMarked
package dev.portcullis.rollback.cluster;

import org.jspecify.annotations.NullMarked;
