/** RollbackService on the wire: parse, call, map. */
@NullMarked
package dev.portcullis.rollback.grpc;

import org.jspecify.annotations.NullMarked;
