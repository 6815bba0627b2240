/** Kubernetes clusters by name: guarded reads and writes of their objects, and who else writes them. */
@NullMarked
package dev.portcullis.rollback.cluster;

import org.jspecify.annotations.NullMarked;
